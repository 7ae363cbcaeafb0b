// Builtin functions on any object: ascii callable delattr format getattr hasattr
// hash id isinstance issubclass repr setattr __build_class__.
#include "runtime/builtins/functions.h"
#include "runtime/object/audit.h"
#include "runtime/object/class_build.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

static int32_t checkName(Value name) {
  if (isStr(name)) return 0;
  return fail(TypeErrorType, "attribute name must be string, not '%.200s'", typeOf(name)->name);
}

static Value asciiFunction(Value, Value v) {
  RecursionLevels level(1);
  return level ? ascii(v) : Value();
}
static Value reprFunction(Value, Value v) {
  RecursionLevels level(1);
  return level ? repr(v) : Value();
}
static Value callableFunction(Value, Value v) { return boolean(isCallable(v)); }
static Value hashFunction(Value, Value v) {
  if (isExactStr(v) || v.isSmallInt()) return newInt(hash(v)); // runs no code that could be too deep
  RecursionLevels level(1);
  int64_t h = level ? hash(v) : -1;
  return h == -1 ? Value() : newInt(h);
}
/// An object's address; the word itself for immediate numbers.
static Value idFunction(Value, Value v) {
  Ref id(newIntUnsigned(v.bits));
  return auditing && !auditTold("builtins.id", {id}) ? Value() : id.release();
}

static Value formatFunction(Value, const Value* argv) {
  if (argv[1] && !isStr(argv[1]))
    return raise(TypeErrorType, "format() argument 2 must be str, not %.50G", argv[1]);
  return format(argv[0], argv[1]);
}

static Value getattrFunction(Value, const Args& args) {
  if (checkPositional("getattr", args, 2, 3) < 0 || checkName(args[1]) < 0) return Value();
  if (args.count == 2) return getAttrOfMany(args[0], args[1]);
  Value v = getAttrOptional(args[0], args[1]);
  return v || errorSet() ? v : newRef(args[2]);
}
static Value hasattrFunction(Value, const Value* argv) {
  if (checkName(argv[1]) < 0) return Value();
  int32_t r = hasAttr(argv[0], argv[1]);
  return r < 0 ? Value() : boolean(r);
}
static Value setattrFunction(Value, const Value* argv) {
  if (checkName(argv[1]) < 0) return Value();
  return setAttr(argv[0], argv[1], argv[2]) < 0 ? Value() : none();
}
static Value delattrFunction(Value, const Value* argv) {
  if (checkName(argv[1]) < 0) return Value();
  return setAttr(argv[0], argv[1], Value()) < 0 ? Value() : none();
}

static Value isinstanceFunction(Value, const Value* argv) {
  int32_t r = isInstance(argv[0], argv[1]);
  return r < 0 ? Value() : boolean(r);
}
static Value issubclassFunction(Value, const Value* argv) {
  int32_t r = isSubclass(argv[0], argv[1]);
  return r < 0 ? Value() : boolean(r);
}

static Value buildClassFunction(Value, const Args& args) {
  if (args.count < 2) return raise(TypeErrorType, "__build_class__: not enough arguments");
  if (!isExact(args[0], functionType)) return raise(TypeErrorType, "__build_class__: func must be a function");
  if (!isStr(args[1])) return raise(TypeErrorType, "__build_class__: name is not a string");
  Ref bases(newTupleFrom(args.values + 2, args.count - 2));
  if (!bases) return Value();
  Ref keywords;
  if (args.nameCount()) {
    keywords.reset(newDict());
    for (size_t i = 0; i < args.nameCount(); ++i)
      if (dictSet(keywords, asTuple(args.names)->items[i], args[args.count + i]) < 0) return Value();
  }
  return buildClass(args[0], args[1], bases, keywords);
}

extern "C" {
constinit const MethodDef krt_builtin_def_ascii = {"ascii", asciiFunction, "($module, obj, /)"};
constinit const MethodDef krt_builtin_def_repr = {"repr", reprFunction, "($module, obj, /)"};
constinit const MethodDef krt_builtin_def_callable = {"callable", callableFunction, "($module, obj, /)"};
constinit const MethodDef krt_builtin_def_hash = {"hash", hashFunction, "($module, obj, /)"};
constinit const MethodDef krt_builtin_def_id = {"id", idFunction, "($module, obj, /)"};
constinit const MethodDef krt_builtin_def_format = {"format", formatFunction, "($module, value, format_spec='', /)"};
constinit const MethodDef krt_builtin_def_getattr = {"getattr", getattrFunction};
constinit const MethodDef krt_builtin_def_hasattr = {"hasattr", hasattrFunction, "($module, obj, name, /)"};
constinit const MethodDef krt_builtin_def_setattr = {"setattr", setattrFunction, "($module, obj, name, value, /)"};
constinit const MethodDef krt_builtin_def_delattr = {"delattr", delattrFunction, "($module, obj, name, /)"};
constinit const MethodDef krt_builtin_def_isinstance = {"isinstance", isinstanceFunction,
                                                        "($module, obj, class_or_tuple, /)"};
constinit const MethodDef krt_builtin_def_issubclass = {"issubclass", issubclassFunction,
                                                        "($module, cls, class_or_tuple, /)"};
constinit const MethodDef krt_builtin_def___build_class__ = {"__build_class__", buildClassFunction};
}

} // namespace krait
