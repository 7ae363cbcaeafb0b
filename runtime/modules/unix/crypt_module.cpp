// _crypt: hashes of passwords by the system's crypt().
#include <cerrno>
#include <crypt.h>
#include <memory>
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

Value cryptFunction(Value, const Value* argv) {
  for (int i : {0, 1})
    if (!isStr(argv[i])) return raise(TypeErrorType, "crypt() argument %d must be str, not %T", i + 1, argv[i]);
  Utf8 word(argv[0]), salt(argv[1]);
  if (!word.ok() || !salt.ok()) return Value();
  auto space = std::make_unique<crypt_data>();
  const char* hashed = crypt_r(word.data(), salt.data(), space.get());
  return hashed ? newStr(hashed) : raiseOsError(errno);
}

constinit const MethodDef methods[] = {{"crypt", cryptFunction, "($module, word, salt, /)"}, {}};

} // namespace

extern "C" constinit const NativeModule krt_module_crypt = {"_crypt", methods, nullptr};

} // namespace krait
