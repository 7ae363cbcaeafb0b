// co_lines and co_positions, and which instruction a site of Krait's own code stands for.
#include "runtime/abi/line_table.h"
#include "runtime/modules/sys_info.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code_object.h"
#include "runtime/types/sequence.h"

namespace krait {
namespace {

const CodeInfo* info(Value v) { return codeInfoOf(v); }
CodeObject* asCode(Value v) { return v.as<CodeObject>(); }

template <class Each> void walkTable(Value code, Each each) {
  walkLineTable(bytesView(asCode(code)->lineTable), info(code)->firstLine, each);
}

bool sameSpan(const SourceSpan& a, const SourceSpan& b) {
  return a.line == b.line && a.endLine == b.endLine && a.column == b.column && a.endColumn == b.endColumn;
}

/// Calls add(site) for every site; a list with what it made.
template <class Make> Value listOfSites(const CodeInfo* code, Make make) {
  Ref list(newList(0));
  for (uint32_t i = 0; i < code->siteCount && list; ++i) {
    Ref item(make(i));
    if (!item || listAppend(list, item) < 0) return Value();
  }
  return list.release();
}

Value lineOrNone(int32_t line) { return line < 0 ? newRef(none()) : newInt(line); }

} // namespace

Value codeLines(Value self) {
  if (askForBytecode(self) < 0) return Value();
  const CodeInfo* code = info(self);
  if (asCode(self)->bytecode) {
    Ref list(newList(0));
    int32_t at = 0;
    walkTable(self, [&](const SourceSpan& s, int32_t units) {
      Ref item(list ? newTuple({newInt(at), newInt(at + units * 2), lineOrNone(s.line)}) : Value());
      at += units * 2;
      if (!item || listAppend(list, item) < 0) list.reset(Value());
    });
    return list ? iterate(list) : Value();
  }
  Ref list(listOfSites(code, [&](uint32_t i) {
    return newTuple({newInt(i * 2), newInt(i * 2 + 2), newInt(code->siteSpan(i).line)});
  }));
  return list ? iterate(list) : Value();
}

/// (line, end line, column, end column) as co_positions shows them.
static Value positionTuple(const SourceSpan& s) {
  if (runtimeFlags.noDebugRanges) return newTuple({lineOrNone(s.line), lineOrNone(s.line), newRef(none()), newRef(none())});
  return newTuple({lineOrNone(s.line), lineOrNone(s.endLine), lineOrNone(s.column), lineOrNone(s.endColumn)});
}

Value codePositions(Value self) {
  if (askForBytecode(self) < 0) return Value();
  const CodeInfo* code = info(self);
  if (asCode(self)->bytecode) {
    Ref list(newList(0));
    walkTable(self, [&](const SourceSpan& s, int32_t units) {
      for (int32_t i = 0; i < units && list; ++i) {
        Ref item(positionTuple(s));
        if (!item || listAppend(list, item) < 0) list.reset(Value());
      }
    });
    return list ? iterate(list) : Value();
  }
  Ref list(listOfSites(code, [&](uint32_t i) { return positionTuple(code->siteSpan(i)); }));
  return list ? iterate(list) : Value();
}

int64_t instructionOfSite(const CodeInfo* code, uint32_t site) {
  if (site >= code->siteCount) return -1;
  Ref object(codeObjectOf(code));
  if (!object || askForBytecode(object) < 0) {
    errorClear();
    return -1;
  }
  // Where bytecode runs, its instructions are the sites.
  if (!asCode(object)->bytecode || asCode(object)->info != code) return int64_t{site} * 2;
  const SourceSpan wanted = code->siteSpan(site);
  // Only what is thrown into a generator before it starts is raised there, of which the first instruction has no columns.
  if ((code->flags & kCodeSuspends) && sameSpan(wanted, {static_cast<int32_t>(code->firstLine), static_cast<int32_t>(code->firstLine), 0, 0})) return 0;
  int64_t at = 0, same = -1, sameLine = -1;
  walkTable(object, [&](const SourceSpan& s, int32_t units) {
    if (same < 0 && sameSpan(s, wanted)) same = at;
    if (sameLine < 0 && s.line == wanted.line) sameLine = at;
    at += units * 2;
  });
  return same >= 0 ? same : sameLine;
}

SourceSpan spanOfSite(const CodeInfo* code, uint32_t site) {
  SourceSpan found = code->siteSpan(site);
  if (found.line != found.endLine || found.column != found.endColumn) return found;
  Ref object(codeObjectOf(code));
  if (!object || askForBytecode(object) < 0) errorClear();
  else if (asCode(object)->info != code) return found; // where bytecode runs, its instructions are the sites
  found.column = found.endColumn = -1;
  if (!object || !asCode(object)->bytecode) return found;
  bool isFirst = true;
  walkTable(object, [&](const SourceSpan& s, int32_t) {
    if (isFirst && s.line == found.line) found = s, isFirst = false;
  });
  return found;
}

uint32_t siteOfInstruction(const CodeInfo* code, int64_t instruction) {
  Ref object(codeObjectOf(code));
  if (!object || askForBytecode(object) < 0) {
    errorClear();
    return UINT32_MAX;
  }
  if (!asCode(object)->bytecode || asCode(object)->info != code) return instruction >= 0 ? static_cast<uint32_t>(instruction / 2) : UINT32_MAX;
  int64_t at = 0;
  SourceSpan wanted{-1, -1, -1, -1};
  walkTable(object, [&](const SourceSpan& s, int32_t units) {
    if (instruction >= at && instruction < at + units * 2) wanted = s;
    at += units * 2;
  });
  for (uint32_t i = 0; i < code->siteCount; ++i)
    if (sameSpan(code->siteSpan(i), wanted)) return i;
  return UINT32_MAX;
}

} // namespace krait
