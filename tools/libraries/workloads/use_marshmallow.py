# python3-marshmallow: schemas that load, dump and refuse.
import marshmallow as ma, datetime as dt
from marshmallow import fields, validate, post_load, validates, validates_schema, ValidationError, EXCLUDE
class Artist(ma.Schema):
    name = fields.Str(required=True, validate=validate.Length(min=2))
    born = fields.Date(data_key="birth")
    @validates("name")
    def v(self, value, **kw):
        if value == "xx": raise ValidationError("no xx")
class Album(ma.Schema):
    class Meta: ordered = True; unknown = EXCLUDE
    title = fields.Str()
    artist = fields.Nested(Artist)
    songs = fields.List(fields.Tuple((fields.Int(), fields.Float())))
    when = fields.DateTime(format="iso")
    size = fields.Method("get_size")
    tags = fields.Dict(keys=fields.Str(), values=fields.Decimal(as_string=True))
    def get_size(self, o): return len(o["title"])
    @post_load
    def make(self, data, **kw): return ("album", dict(data))
    @validates_schema
    def whole(self, data, **kw):
        if data.get("title") == "bad": raise ValidationError({"title": ["is bad"]})
s = Album()
print(s.dump({"title": "t", "artist": {"name": "n", "born": dt.date(2000, 1, 2)}, "songs": [(1, 2.5)], "when": dt.datetime(2020, 1, 1), "tags": {"a": 1}}))
print(s.load({"title": "t", "artist": {"name": "nn", "birth": "2000-01-02"}, "songs": [[1, "2.5"]], "zzz": 1, "tags": {"k": "1.50"}}))
for bad in ({"title": 3, "artist": {"name": "x", "birth": "nope", "y": 1}}, {"title": "bad"}, {"songs": [[1]], "artist": {}}, {"artist": {"name": "xx"}}):
    try: s.load(bad)
    except ValidationError as e: print(e.messages, e.valid_data)
print(repr(s.fields["title"])[:80], ma.Schema.from_dict({"a": fields.Int()})().load({"a": "5"}), Artist(many=True, only=("name",)).dump([{"name": "q", "born": None}]))
