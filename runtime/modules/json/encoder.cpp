// _json.Encoder: values to text, without indentation. What json.encoder's Python
// does in pieces goes to one builder here.
#include <charconv>
#include <cmath>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/json/json_text.h"
#include "runtime/object/call.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace krait::json {

namespace {

struct EncoderObject {
  Object header;
  Value markers, defaultFunction, encoder, indent, keySeparator, itemSeparator;
  bool sortKeys, skipKeys, allowNan;
  enum Fast : uint8_t { kCall, kPlain, kAscii } fast; // how strings are quoted
};
EncoderObject* asEncoder(Value v) { return v.as<EncoderObject>(); }

/// A container being encoded, remembered in `markers` to find cycles.
class Marked {
public:
  Marked(EncoderObject* e, Value v) : markers_(isNone(e->markers) ? Value() : e->markers) {
    if (!markers_) return;
    id_.reset(newInt(static_cast<int64_t>(v.bits)));
    const int32_t known = id_ ? dictContains(markers_, id_) : -1;
    if (known > 0) raise(ValueErrorType, "Circular reference detected");
    ok_ = known == 0 && dictSet(markers_, id_, v) == 0;
  }
  Marked(const Marked&) = delete;
  Marked& operator=(const Marked&) = delete;
  bool ok() const { return ok_; }
  /// As CPython: what failed inside stays marked.
  bool leave() { return !markers_ || dictDelete(markers_, id_) == 0; }

private:
  Value markers_;
  Ref id_;
  bool ok_ = true;
};

class Writer {
public:
  explicit Writer(EncoderObject* e) : e_(e) {}
  bool value(Value v);
  Value take() { return out_.take(); }

private:
  bool string(Value v);
  bool list(Value v);
  bool dict(Value v);
  bool pair(Value key, Value v, bool& first);
  bool other(Value v);
  Value floatText(double d);

  EncoderObject* e_;
  StrBuilder out_;
};

Value Writer::floatText(double d) {
  if (std::isfinite(d)) return floatRepr(d);
  if (!e_->allowNan) return raise(ValueErrorType, "Out of range float values are not JSON compliant");
  return newStr(std::isnan(d) ? "NaN" : d > 0 ? "Infinity" : "-Infinity");
}

bool Writer::string(Value v) {
  if (e_->fast != EncoderObject::kCall) return addQuoted(out_, v, e_->fast == EncoderObject::kAscii), true;
  Ref text(call(e_->encoder, {v}));
  if (!text) return false;
  if (!isStr(text)) return raise(TypeErrorType, "encoder() must return a string, not %.80s", typeOf(text)->name), false;
  out_.add(text);
  return true;
}

bool Writer::list(Value v) {
  Ref items = isExactList(v) || isExactTuple(v) ? Ref::share(v) : Ref(toFast(v, "_iterencode_list needs a sequence"));
  if (!items) return false;
  auto size = [&] { return isList(items) ? asList(items)->size : asTuple(items)->size; };
  if (size() == 0) return out_.addAscii("[]"), true;
  Marked marked(e_, v);
  if (!marked.ok()) return false;
  out_.add('[');
  for (int64_t i = 0; i < size(); ++i) {
    if (i) out_.add(e_->itemSeparator);
    Ref item = Ref::share(isList(items) ? asList(items)->items[i] : asTuple(items)->items[i]);
    if (!value(item)) return false;
  }
  out_.add(']');
  return marked.leave();
}

bool Writer::pair(Value key, Value v, bool& first) {
  Ref text;
  if (isStr(key)) text = Ref::share(key);
  else if (isFloat(key)) text.reset(floatText(floatValue(key)));
  else if (isNone(key)) text.reset(newStr("null"));
  else if (typeOf(key) == &boolType) text.reset(newStr(key == boolean(true) ? "true" : "false"));
  else if (isInt(key)) text.reset(intToText(key, 10, false));
  else if (e_->skipKeys) return true;
  else raise(TypeErrorType, "keys must be str, int, float, bool or None, not %.100s", typeOf(key)->name);
  if (!text) return false;
  if (!first) out_.add(e_->itemSeparator);
  first = false;
  if (!string(text)) return false;
  out_.add(e_->keySeparator);
  return value(v);
}

bool Writer::dict(Value v) {
  if (isDict(v) && dictSize(v) == 0) return out_.addAscii("{}"), true;
  Marked marked(e_, v);
  if (!marked.ok()) return false;
  out_.add('{');
  bool first = true;
  if (isExactDict(v) && !e_->sortKeys) {
    Ref words(dictWordsList(v));
    if (!words) return false;
    for (int64_t i = 0; i < asList(words)->size; i += 2)
      if (!pair(asList(words)->items[i], asList(words)->items[i + 1], first)) return false;
    out_.add('}');
    return marked.leave();
  }
  Ref items(isExactDict(v) ? dictItemsList(v) : Value());
  if (!items) {
    if (errorSet()) return false;
    Ref view(callMethod(v, NAME(items)));
    items.reset(view ? toList(view) : Value());
    if (!items) return false;
  }
  if (e_->sortKeys && listSort(items, Value(), false) < 0) return false;
  for (int64_t i = 0; i < asList(items)->size; ++i) {
    Ref item = Ref::share(asList(items)->items[i]);
    if (!isTuple(item) || asTuple(item)->size != 2) return raise(ValueErrorType, "items must return 2-tuples"), false;
    if (!pair(asTuple(item)->items[0], asTuple(item)->items[1], first)) return false;
  }
  out_.add('}');
  return marked.leave();
}

bool Writer::other(Value v) {
  Marked marked(e_, v);
  if (!marked.ok()) return false;
  Ref instead(call(e_->defaultFunction, {v}));
  if (!instead || recursionEnter(" while encoding a JSON object") < 0) return false;
  const bool good = value(instead);
  recursionLeave();
  return good && marked.leave();
}

bool Writer::value(Value v) {
  if (isStr(v)) return string(v);
  if (isNone(v)) return out_.addAscii("null"), true;
  if (v == boolean(true)) return out_.addAscii("true"), true;
  if (v == boolean(false)) return out_.addAscii("false"), true;
  if (v.isSmallInt()) {
    char digits[24];
    out_.addAscii({digits, static_cast<size_t>(std::to_chars(digits, digits + sizeof digits, v.smallInt()).ptr - digits)});
    return true;
  }
  if (isInt(v) || isFloat(v)) {
    Ref text(isInt(v) ? intToText(v, 10, false) : floatText(floatValue(v)));
    if (!text) return false;
    out_.add(text);
    return true;
  }
  const bool sequence = isList(v) || isTuple(v);
  if (!sequence && !isDict(v)) return other(v);
  if (recursionEnter(" while encoding a JSON object") < 0) return false;
  const bool good = sequence ? list(v) : dict(v);
  recursionLeave();
  return good;
}

Value callEncoder(Value self, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments("_iterencode", "(obj, _current_indent_level)", args, argv, 2, holder) < 0) return Value();
  Writer writer(asEncoder(self));
  if (!writer.value(argv[0])) return Value();
  Ref text(writer.take());
  return text ? newTuple({text}) : Value();
}

bool isFunctionOf(Value v, Value (*f)(Value, Value)) {
  return isExact(v, builtinFunctionType) && v.as<BuiltinFunctionObject>()->def->kind == CallKind::OneArg &&
         v.as<BuiltinFunctionObject>()->def->oneArg == f;
}

Value construct(Type* t, const Args& args) {
  Value argv[9];
  Ref holder[2];
  if (bindArguments("make_encoder", "(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)",
                    args, argv, 9, holder) < 0)
    return Value();
  for (int i : {4, 5})
    if (!isStr(argv[i])) return raise(TypeErrorType, "make_encoder() argument %d must be str, not %.50T", i + 1, argv[i]);
  if (!isNone(argv[0]) && !isDict(argv[0]))
    return raise(TypeErrorType, "make_encoder() argument 1 must be dict or None, not %.200s", typeOf(argv[0])->name);
  int32_t flags[3];
  for (int i = 0; i < 3; ++i) {
    flags[i] = isTrue(argv[6 + i]);
    if (flags[i] < 0) return Value();
  }
  Value v = allocateOf(t, 0);
  if (!v) return v;
  EncoderObject* e = asEncoder(v);
  e->markers = newRef(argv[0]);
  e->defaultFunction = newRef(argv[1]);
  e->encoder = newRef(argv[2]);
  e->indent = newRef(argv[3]);
  e->keySeparator = newRef(argv[4]);
  e->itemSeparator = newRef(argv[5]);
  e->sortKeys = flags[0];
  e->skipKeys = flags[1];
  e->allowNan = flags[2];
  e->fast = isFunctionOf(argv[2], encodeBasestringAscii) ? EncoderObject::kAscii
            : isFunctionOf(argv[2], encodeBasestring)    ? EncoderObject::kPlain
                                                         : EncoderObject::kCall;
  gcTrack(v.object());
  return v;
}

constexpr Value EncoderObject::*kParts[] = {&EncoderObject::markers, &EncoderObject::defaultFunction, &EncoderObject::encoder,
                                            &EncoderObject::indent,  &EncoderObject::keySeparator,    &EncoderObject::itemSeparator};
int traverse(Object* o, Visit visit, void* context) {
  for (auto part : kParts)
    if (int r = visit(reinterpret_cast<EncoderObject*>(o)->*part, context)) return r;
  return 0;
}
void clearParts(Object* o) {
  for (auto part : kParts) clear(reinterpret_cast<EncoderObject*>(o)->*part);
}
void dealloc(Object* o) {
  gcUntrack(o);
  clearParts(o);
  freeObject(o);
}

constexpr MemberDef members[] = {
    {"markers", MemberKind::Object, offsetof(EncoderObject, markers), true},
    {"default", MemberKind::Object, offsetof(EncoderObject, defaultFunction), true},
    {"encoder", MemberKind::Object, offsetof(EncoderObject, encoder), true},
    {"indent", MemberKind::Object, offsetof(EncoderObject, indent), true},
    {"key_separator", MemberKind::Object, offsetof(EncoderObject, keySeparator), true},
    {"item_separator", MemberKind::Object, offsetof(EncoderObject, itemSeparator), true},
    {"sort_keys", MemberKind::Bool, offsetof(EncoderObject, sortKeys), true},
    {"skipkeys", MemberKind::Bool, offsetof(EncoderObject, skipKeys), true},
    {},
};

} // namespace

constinit Type encoderType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_json.Encoder",
    .base = &objectType,
    .flags = kTypeOwnModule | kTypeChangeable,
    .instanceLayout = {.type = &encoderType, .size = sizeof(EncoderObject), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .call = callEncoder,
    .construct = construct,
    .members = members,
    .doc = "Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)",
};

} // namespace krait::json
