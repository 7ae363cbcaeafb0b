// Code objects: the Python view of a CodeInfo.
#pragma once
#include "runtime/builtins/hooks.h"
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

struct CodeObject {
  Object header;
  const CodeInfo* info;
  CodeInfo* own;        // replace() made it; else null
  Value varNames, cellNames, freeNames, constants, names; // tuples, made on demand
  Value bytecode, lineTable, exceptionTable;              // bytes, likewise; null: there are none
  int64_t stackSize;
  bool askedForBytecode;
  bool isBytecode;      // runs as bytecode only
  Value basis;          // the code object that `own` was copied from, kept for what it shares
  Value weakrefs;
};

/// The code object of `info`: the one that there is, or a new one, which `info` keeps if it stays itself. Owned.
Value codeObjectOf(const CodeInfo* info);
/// How many words of variables and stack a frame of the code has in CPython: -1 with an error.
int64_t frameWords(const CodeInfo* info);
/// Fills in bytecode, constants and names, as far as the engine knows them: -1 with an error.
int32_t askForBytecode(Value codeObject);
/// Bytecode and tables (borrowed): 1; 0: there is none; -1: error.
int32_t bytecodeOfCode(Value codeObject, Bytecode& out);
CodeObject* allocateCode(const CodeInfo* code);
/// Constants are the same only with the same types: 1 is not 1.0. -1: error.
int32_t sameConstants(Value a, Value b);
/// Methods and constructor (code_lines.cpp, code_make.cpp).
Value codeLines(Value self);
Value codePositions(Value self);
Value replaceCode(Value self, const Value* argv);
extern const char* const kReplaceSignature;
Value constructCode(Type* type, const Args& args);
/// Where in co_code the instruction is that a site stands for: the first one with its span, or on its line. -1: none.
/// Without an engine there is no bytecode, and sites count as instructions.
int64_t instructionOfSite(const CodeInfo* code, uint32_t site);
/// The span of a site; of one without columns, which stands for a line that begins, that of the line's first instruction.
SourceSpan spanOfSite(const CodeInfo* code, uint32_t site);
/// The other way round; UINT32_MAX: none.
uint32_t siteOfInstruction(const CodeInfo* code, int64_t instruction);
/// What functions of `code` run by whose globals are `globals`: compiled code reads those of its own module alone, and its
/// bytecode any. Borrowed; null with an error.
const CodeInfo* codeForGlobals(const CodeInfo* code, Value globals);
/// The body of a text (str) that was compiled with the module whose globals these are; null: there is none.
const CodeInfo* foretoldCode(Value text, Value globals);
/// The text that compiled code is part of, unless it is the module's own: then null.
const ForetoldText* foretoldTextOf(const CodeInfo* code);
inline const CodeInfo* codeInfoOf(Value codeObject) { return codeObject.as<CodeObject>()->info; }

} // namespace krait
