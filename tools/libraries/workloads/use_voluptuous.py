# python3-cerberus python3-voluptuous: documents validated.
import cerberus, voluptuous as vol
v = cerberus.Validator({"name": {"type": "string", "maxlength": 3, "coerce": str}, "age": {"type": "integer", "min": 10, "required": True, "default": 11}, "l": {"type": "list", "schema": {"type": "dict", "schema": {"k": {"allowed": [1, 2]}}}}, "d": {"anyof": [{"type": "float"}, {"regex": "^a"}]}, "x": {"dependencies": "name"}})
for d in ({"name": 12}, {"name": "long!", "age": 1, "zz": 1}, {"l": [{"k": 3}, 5], "d": "b", "x": 1}):
    print(v.validate(d), v.errors, v.document)
print(v.normalized({"name": 5}))
s = vol.Schema({vol.Required("a"): vol.All(int, vol.Range(1, 5)), vol.Optional("b", default="z"): vol.Any(str, None), "c": [vol.Coerce(float)], vol.Extra: object})
print(s({"a": 3, "c": ["1", 2], "q": 1}))
for bad in ({"a": 9}, {}, {"a": "x", "c": ["y"]}, []):
    try: s(bad)
    except vol.MultipleInvalid as e: print([str(x) for x in e.errors])
