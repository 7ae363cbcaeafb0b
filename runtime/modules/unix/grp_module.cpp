// grp: the group database.
#include <cerrno>
#include <grp.h>
#include "runtime/modules/id_argument.h"
#include "runtime/modules/unix/users_shared.h"

namespace krait {
namespace {

constinit const char* const fields[] = {"gr_name", "gr_passwd", "gr_gid", "gr_mem"};
constinit const StructSequenceDef definition = {fields, 4, 4};
KRAIT_STRUCT_SEQUENCE_TYPE(groupType, "grp.struct_group", kTypeOwnModule);

Value makeEntry(const group& g) {
  using namespace users;
  Ref members(newList(0));
  for (char** m = g.gr_mem; members && *m; ++m) {
    Ref name(textField(*m));
    if (!name || listAppend(members, name) < 0) return Value();
  }
  const Value parts[] = {textField(g.gr_name), textField(g.gr_passwd), idField(g.gr_gid), members.release()};
  return newStructSequence(&groupType, &definition, parts);
}

Value byId(Value, const Value* argv) {
  uint32_t id = 0;
  if (!idArgument(argv[0], "gid", &id)) return Value();
  group storage, *entry = nullptr;
  std::vector<char> space;
  users::lookUp(&storage, space, &entry, [&](group* g, char* s, size_t n, group** e) { return getgrgid_r(id, g, s, n, e); });
  if (entry) return makeEntry(*entry);
  Ref message(formatText("getgrgid(): gid not found: %S", Ref(users::idField(id)).get()));
  return message ? raiseObject(KeyErrorType, message) : Value();
}

Value byName(Value, const Value* argv) {
  if (!isStr(argv[0])) return raise(TypeErrorType, "getgrnam() argument 'name' must be str, not %T", argv[0]);
  Ref name(fileSystemPath(argv[0]));
  if (!name) return Value();
  group storage, *entry = nullptr;
  std::vector<char> space;
  users::lookUp(&storage, space, &entry,
                [&](group* g, char* s, size_t n, group** e) { return getgrnam_r(bytesView(name).data(), g, s, n, e); });
  if (entry) return makeEntry(*entry);
  Ref message(formatText("getgrnam(): name not found: %R", argv[0]));
  return message ? raiseObject(KeyErrorType, message) : Value();
}

Value all(Value) {
  Ref list(newList(0));
  setgrent();
  while (const group* g = list ? getgrent() : nullptr) {
    Ref entry(makeEntry(*g));
    if (!entry || listAppend(list, entry) < 0) list.reset();
  }
  endgrent();
  return list.release();
}

constinit const MethodDef methods[] = {
    {"getgrgid", byId, "($module, /, id)"},
    {"getgrnam", byName, "($module, /, name)"},
    {"getgrall", all, "($module, /)"},
    {},
};

int execute(Value module) {
  structSequenceReady(&groupType, &definition);
  return moduleAddType(module, &groupType);
}

} // namespace

extern "C" constinit const NativeModule krt_module_grp = {"grp", methods, execute};

} // namespace krait
