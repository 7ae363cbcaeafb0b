import pathlib


def pull(day):
    return day * 2 + len((pathlib.Path(__file__).parent / "table.csv").read_text().split(","))
