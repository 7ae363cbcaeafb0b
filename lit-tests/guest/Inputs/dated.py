import dataclasses
import datetime


class Never(datetime.datetime):
    """No time at all: its parts are not what datetime makes of it."""

    year = property(lambda self: float("nan"))
    month = day = hour = year

    def __str__(self):
        return "never"

    __repr__ = __str__
    __hash__ = datetime.datetime.__hash__


class Stamp(datetime.datetime):
    """A time with nanoseconds."""

    nanosecond = 0

    def __hash__(self):
        return hash(self.nanosecond) if self.nanosecond else datetime.datetime.__hash__(self)


never = Never(1, 1, 1)


def stamp(nanosecond, *parts):
    made = Stamp(*parts)
    made.nanosecond = nanosecond
    return made


def fields_of(record):
    return [field.name for field in dataclasses.fields(record)], dataclasses.asdict(record)


def lacks(field):
    return field.default is dataclasses.MISSING
