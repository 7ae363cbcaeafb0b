// The unpickler's stack, and the opcodes that make containers and objects.
#pragma once
#include "runtime/modules/pickle/pickle_shared.h"

namespace krait::pickle {

bool growStack(UnpicklerObject* u, Value owned);
/// Consumes `owned`; null: an error is pending, false.
inline bool push(UnpicklerObject* u, Value owned) {
  if (!owned) [[unlikely]] return false;
  if (u->size == u->capacity) [[unlikely]] return growStack(u, owned);
  u->stack[u->size++] = owned;
  return true;
}
/// The topmost value, owned; null with an error.
Value popValue(UnpicklerObject* u);
/// Size of the stack at the innermost mark, which is taken off; -1 with an error.
int64_t popMark(UnpicklerObject* u);
/// Raises for a stack that is too short. Always false.
bool underflow(UnpicklerObject* u);

bool loadCountedTuple(UnpicklerObject* u, int64_t n);
bool loadTuple(UnpicklerObject* u);
bool loadList(UnpicklerObject* u);
bool loadDict(UnpicklerObject* u);
bool loadAddItems(UnpicklerObject* u);
bool loadFrozenSet(UnpicklerObject* u);
bool loadAppend(UnpicklerObject* u);
bool loadAppends(UnpicklerObject* u);
bool loadSetItem(UnpicklerObject* u);
bool loadSetItems(UnpicklerObject* u);
bool loadObj(UnpicklerObject* u);
bool loadInst(UnpicklerObject* u);
bool loadNewObject(UnpicklerObject* u, bool withKeywords);
bool loadReduce(UnpicklerObject* u);
bool loadBuild(UnpicklerObject* u);
bool loadGlobal(UnpicklerObject* u);
bool loadStackGlobal(UnpicklerObject* u);
bool loadExtension(UnpicklerObject* u, int bytes);
bool loadPersistent(UnpicklerObject* u, bool fromStack);
bool loadNextBuffer(UnpicklerObject* u);
bool loadReadOnlyBuffer(UnpicklerObject* u);

/// A line, of one character at least.
bool readWords(UnpicklerObject* u, std::string_view* line);

// ---- load_lines.cpp: what a line without its newline says ----
/// Base 10, or 0 for what a prefix may say. ValueError in the words of int().
Value intOfLine(std::string_view line, int base);
/// Of INT: a bool, or an int; the line ends with a null.
Value valueOfIntLine(std::string_view line);
Value floatOfLine(std::string_view line);

} // namespace krait::pickle
