#include "frontend/sema/number_words.h"

#include <algorithm>
#include <initializer_list>

namespace krait::frontend::sema {

namespace {

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

bool isNumbersAttribute(std::string_view name) {
  return name.starts_with("__") || isOneOf(name, {"as_integer_ratio", "bit_count", "bit_length", "conjugate", "denominator", "from_bytes",
                                                  "fromhex", "hex", "imag", "is_integer", "numerator", "real", "to_bytes"});
}

bool makesObject(std::string_view builtin) {
  return isOneOf(builtin, {"bytearray", "bytes",  "dict",  "dir",   "enumerate", "filter", "frozenset", "globals", "iter", "list", "locals", "map",
                           "object",    "open",   "range", "repr",  "reversed",  "set",    "sorted",    "str",     "super", "tuple", "type",  "vars",
                           "zip",       "chr",    "bin",   "oct",   "hex",       "input",  "bool",      "callable", "isinstance", "hasattr"});
}

bool makesNumber(std::string_view builtin) {
  return isOneOf(builtin, {"abs", "complex", "divmod", "float", "hash", "id", "int", "len", "ord", "pow", "round", "sum"});
}

bool countsUp(std::string_view builtin) { return isOneOf(builtin, {"enumerate", "range"}); }

bool putsItem(std::string_view method) { return isOneOf(method, {"append", "appendleft", "add", "insert", "push", "put"}); }

bool isCapitalised(std::string_view name) {
  const size_t first = name.find_first_not_of('_');
  return first != std::string_view::npos && name[first] >= 'A' && name[first] <= 'Z';
}

bool isNumberClass(const ast::Expr* annotation, const base::SymbolTable& symbols) {
  const ast::Name* name = annotation->tryAs<ast::Name>();
  return name && isOneOf(symbols.text(name->id), {"int", "float", "complex"});
}

} // namespace krait::frontend::sema
