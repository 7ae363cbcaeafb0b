import datetime
import dated
import dataclasses

print(dated.never, isinstance(dated.never, datetime.datetime), datetime.datetime.date(dated.never))
when = datetime.datetime(2024, 5, 6, 7)
stamps = {dated.stamp(0, 2024, 5, 6, 7): "exact", dated.stamp(5, 2024, 5, 6, 7): "later"}
print(stamps[when], when in {dated.stamp(0, 2024, 5, 6, 7)}, [hash(s) == hash(when) for s in stamps], len(stamps))


@dataclasses.dataclass
class Record:
    name: str
    when: datetime.datetime
    parts: list = dataclasses.field(default_factory=list)


print(dated.fields_of(Record("a", when, [1, 2])))
print([dated.lacks(field) for field in dataclasses.fields(Record)])
