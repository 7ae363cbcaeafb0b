// pwd: the user database.
#include <cerrno>
#include <pwd.h>
#include "runtime/modules/id_argument.h"
#include "runtime/modules/unix/users_shared.h"

namespace krait {
namespace {

constinit const char* const fields[] = {"pw_name", "pw_passwd", "pw_uid", "pw_gid", "pw_gecos", "pw_dir", "pw_shell"};
constinit const StructSequenceDef definition = {fields, 7, 7};
KRAIT_STRUCT_SEQUENCE_TYPE(passwdType, "pwd.struct_passwd", kTypeOwnModule);

Value makeEntry(const passwd& p) {
  using namespace users;
  const Value parts[] = {textField(p.pw_name), textField(p.pw_passwd), idField(p.pw_uid), idField(p.pw_gid),
                         textField(p.pw_gecos), textField(p.pw_dir), textField(p.pw_shell)};
  return newStructSequence(&passwdType, &definition, parts);
}

Value byId(Value, Value v) {
  uint32_t id = 0;
  const bool possible = idArgument(v, "uid", &id);
  if (!possible && !errorClearIf(OverflowErrorType)) return Value(); // out of range, nobody has it
  passwd storage, *entry = nullptr;
  std::vector<char> space;
  if (possible)
    users::lookUp(&storage, space, &entry, [&](passwd* p, char* s, size_t n, passwd** e) { return getpwuid_r(id, p, s, n, e); });
  if (entry) return makeEntry(*entry);
  Ref message(possible ? formatText("getpwuid(): uid not found: %S", Ref(users::idField(id)).get()) : newStr("getpwuid(): uid not found"));
  return message ? raiseObject(KeyErrorType, message) : Value();
}

Value byName(Value, Value v) {
  if (!isStr(v)) return raise(TypeErrorType, "getpwnam() argument must be str, not %T", v);
  Ref name(fileSystemPath(v));
  if (!name) return Value();
  passwd storage, *entry = nullptr;
  std::vector<char> space;
  users::lookUp(&storage, space, &entry,
                [&](passwd* p, char* s, size_t n, passwd** e) { return getpwnam_r(bytesView(name).data(), p, s, n, e); });
  if (entry) return makeEntry(*entry);
  Ref message(formatText("getpwnam(): name not found: %R", v));
  return message ? raiseObject(KeyErrorType, message) : Value();
}

Value all(Value) {
  Ref list(newList(0));
  setpwent();
  while (const passwd* p = list ? getpwent() : nullptr) {
    Ref entry(makeEntry(*p));
    if (!entry || listAppend(list, entry) < 0) list.reset();
  }
  endpwent();
  return list.release();
}

constinit const MethodDef methods[] = {
    {"getpwuid", byId, "($module, uidobj, /)"},
    {"getpwnam", byName, "($module, name, /)"},
    {"getpwall", all, "($module, /)"},
    {},
};

int execute(Value module) {
  structSequenceReady(&passwdType, &definition);
  return moduleAddType(module, &passwdType);
}

} // namespace

extern "C" constinit const NativeModule krt_module_pwd = {"pwd", methods, execute};

} // namespace krait
