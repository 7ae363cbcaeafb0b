// spwd: the shadow password database.
#include <cerrno>
#include <shadow.h>
#include "runtime/modules/unix/users_shared.h"

namespace krait {
namespace {

constinit const char* const fields[] = {"sp_namp", "sp_pwdp", "sp_lstchg", "sp_min", "sp_max", "sp_warn",
                                        "sp_inact", "sp_expire", "sp_flag", "sp_nam", "sp_pwd"};
constinit const StructSequenceDef definition = {fields, 9, 11};
KRAIT_STRUCT_SEQUENCE_TYPE(shadowType, "spwd.struct_spwd", kTypeOwnModule);

Value makeEntry(const spwd& s) {
  using namespace users;
  const Value parts[] = {textField(s.sp_namp), textField(s.sp_pwdp), newInt(s.sp_lstchg), newInt(s.sp_min), newInt(s.sp_max),
                         newInt(s.sp_warn), newInt(s.sp_inact), newInt(s.sp_expire), newIntUnsigned(s.sp_flag),
                         textField(s.sp_namp), textField(s.sp_pwdp)};
  return newStructSequence(&shadowType, &definition, parts);
}

Value byName(Value, Value v) {
  if (!isStr(v)) return raise(TypeErrorType, "getspnam() argument must be str, not %T", v);
  Ref name(fileSystemPath(v));
  if (!name) return Value();
  errno = 0;
  const spwd* entry = getspnam(bytesView(name).data());
  if (entry) return makeEntry(*entry);
  if (errno != 0) return raiseOsError(errno);
  Ref message(newStr("getspnam(): name not found"));
  return message ? raiseObject(KeyErrorType, message) : Value();
}

Value all(Value) {
  Ref list(newList(0));
  setspent();
  while (const spwd* s = list ? getspent() : nullptr) {
    Ref entry(makeEntry(*s));
    if (!entry || listAppend(list, entry) < 0) list.reset();
  }
  endspent();
  return list.release();
}

constinit const MethodDef methods[] = {
    {"getspnam", byName, "($module, arg, /)"},
    {"getspall", all, "($module, /)"},
    {},
};

int execute(Value module) {
  if (warn(DeprecationWarningType, 1, "'spwd' is deprecated and slated for removal in Python 3.13") < 0) return -1;
  structSequenceReady(&shadowType, &definition);
  return moduleAddType(module, &shadowType);
}

} // namespace

extern "C" constinit const NativeModule krt_module_spwd = {"spwd", methods, execute};

} // namespace krait
