from .moon import pull


def high(day):
    return pull(day) + 10
