#include "ir/interp/constant_value.h"

#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::ir::interp {

namespace {
// The strings that CPython's compiler interns: those that could be names.
bool isNameLike(std::string_view text) {
  for (unsigned char c : text)
    if (!(c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'))) return false;
  return true;
}
} // namespace

Value constantValue(const core::Constant& c, Value (*element)(void* self, core::ConstantId id), void* self) {
  using enum core::ConstantKind;
  switch (c.kind) {
  case None: return none();
  case True: return boolean(true);
  case False: return boolean(false);
  case Ellipsis: return ellipsis();
  case Int: return newInt(c.integer);
  case BigInt: return intFromText(c.text.data(), c.text.size(), 0, krait::none());
  case Float: return newFloat(c.real);
  case Complex: return newComplex(c.real, c.imaginary);
  case Str: return isNameLike(c.text) ? internStr(std::string_view(c.text)) : newStr(c.text);
  case Bytes: return newBytes(c.text);
  case Tuple: {
    if (c.elements.empty()) return emptyTuple();
    Ref made(newTuple(static_cast<int64_t>(c.elements.size())));
    for (size_t i = 0; made && i < c.elements.size(); ++i) {
      Value item = element(self, c.elements[i]);
      if (!item) return Value();
      asTuple(made)->items[i] = newRef(item);
    }
    return made.release();
  }
  case FrozenSet: {
    Ref list(newList(0));
    for (core::ConstantId id : c.elements) {
      Value item = element(self, id);
      if (!item || listAppend(list, item) < 0) return Value();
    }
    return list ? newConstantFrozenSet(list) : Value();
  }
  case Code: break;
  }
  return Value();
}

} // namespace krait::ir::interp
