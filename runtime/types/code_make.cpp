// Making code objects: replace() and the constructor. What Krait's own code is made for cannot change, so a copy with
// other instructions, constants or variables, and every code object made from scratch, runs as bytecode.
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code_object.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

enum Part : uint8_t {
  kArgCount, kPosOnlyArgCount, kKwOnlyArgCount, kLocals, kStackSize, kFlags, kFirstLine,
  kCode, kConstants, kNames, kVarNames, kFreeVars, kCellVars, kFilename, kName, kQualname, kLineTable, kExceptionTable, kPartCount,
};
constexpr const char* kPartNames[kPartCount] = {
    "co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_nlocals",  "co_stacksize", "co_flags",
    "co_firstlineno", "co_code", "co_consts", "co_names", "co_varnames", "co_freevars", "co_cellvars", "co_filename",
    "co_name", "co_qualname", "co_linetable", "co_exceptiontable"};
/// The constructor's order.
constexpr Part kPositions[kPartCount] = {kArgCount, kPosOnlyArgCount, kKwOnlyArgCount, kLocals, kStackSize, kFlags, kCode,
                                         kConstants, kNames, kVarNames, kFilename, kName, kQualname, kFirstLine, kLineTable,
                                         kExceptionTable, kFreeVars, kCellVars};

bool isNumber(Part p) { return p < kCode; }
/// Those that describe the code and are not part of what runs.
bool isDescription(Part p) { return p == kFlags || p == kFirstLine || p == kFilename || p == kName || p == kQualname; }
/// Those that frames show. A frame of compiled code is known by its machine code alone, and shows what that was compiled from.
bool isShownByFrames(Part p) { return p == kFirstLine || p == kFilename || p == kName; }

const Type& typeFor(Part p) {
  if (isNumber(p)) return intType;
  if (p == kCode || p == kLineTable || p == kExceptionTable) return bytesType;
  return p == kFilename || p == kName || p == kQualname ? strType : tupleType;
}

struct Parts {
  Ref values[kPartCount];
  int64_t numbers[kCode] = {};

  int64_t tupleSize(Part p) const { return asTuple(values[p])->size; }
  /// Takes a value of the right type: -1 with the error. `where`: how it is called in the message.
  int32_t set(Part p, Value v) {
    values[p] = Ref::share(v);
    if (!isNumber(p)) return 0;
    numbers[p] = toInt64(v);
    if (numbers[p] == -1 && errorSet()) return -1;
    if (numbers[p] < INT32_MIN || numbers[p] > INT32_MAX) return fail(OverflowErrorType, "Python int too large to convert to C int");
    return 0;
  }
};

int32_t checkNames(Value tuple, bool isReplaced) {
  for (int64_t i = 0; i < asTuple(tuple)->size; ++i)
    if (Value v = asTuple(tuple)->items[i]; !isStr(v))
      return isReplaced ? fail(SystemErrorType, "non-string found in code slot")
                        : fail(TypeErrorType, "name tuples must contain only strings, not '%.500T'", v);
  return 0;
}

/// No number is below 0.
int32_t checkNumbers(const Parts& parts, bool isReplaced) {
  constexpr std::pair<Part, const char*> kCounts[] = {
      {kArgCount, "argcount"},   {kPosOnlyArgCount, "posonlyargcount"}, {kKwOnlyArgCount, "kwonlyargcount"}, {kLocals, "nlocals"},
      {kStackSize, "stacksize"}, {kFlags, "flags"},                     {kFirstLine, "firstlineno"}};
  constexpr size_t kCountedByNew = 4; // of the others it complains below
  for (size_t i = 0; i < (isReplaced ? std::size(kCounts) : kCountedByNew); ++i)
    if (auto [part, name] = kCounts[i]; parts.numbers[part] < 0)
      return isReplaced ? fail(ValueErrorType, "co_%s must be a positive integer", name)
                        : fail(ValueErrorType, "code: %s must not be negative", name);
  return 0;
}

/// CPython's checks, in its order.
int32_t check(const Parts& parts, bool isReplaced) {
  if (checkNumbers(parts, isReplaced) < 0) return -1;
  for (Part p : {kNames, kVarNames, kFreeVars, kCellVars})
    if (checkNames(parts.values[p], isReplaced) < 0) return -1;
  if (parts.numbers[kArgCount] < parts.numbers[kPosOnlyArgCount] || parts.numbers[kStackSize] < 0 || parts.numbers[kFlags] < 0)
    return fail(SystemErrorType, "bad argument to internal function");
  if (bytesView(parts.values[kCode]).size() % 2) return fail(ValueErrorType, "code: co_code is malformed");
  const int64_t flags = parts.numbers[kFlags];
  const int64_t parameters = parts.numbers[kArgCount] + parts.numbers[kKwOnlyArgCount] +
                             ((flags & kCodeVarArgs) != 0) + ((flags & kCodeVarKeywords) != 0);
  if (parameters > parts.tupleSize(kVarNames)) return fail(ValueErrorType, "code: co_varnames is too small");
  if (parts.numbers[kLocals] != parts.tupleSize(kVarNames))
    return fail(ValueErrorType, "code: co_nlocals != len(co_varnames)");
  return 0;
}

/// `replaced`: what replace() was asked of, which has other words for wrong names; or null.
Value makeBytecode(Parts& parts, const CodeInfo* replaced) {
  if (check(parts, replaced) < 0) return Value();
  if (!krt_engine_hooks) return raise(RuntimeErrorType, "this program was built without what runs bytecode");
  auto* own = new CodeInfo{}; // stays: tracebacks, frames and generators may refer to it
  auto number = [&](Part p) { return static_cast<uint32_t>(parts.numbers[p]); };
  auto words = [&](Part p, const Value*& to, uint32_t& count) {
    to = asTuple(parts.values[p])->items;
    count = static_cast<uint32_t>(parts.tupleSize(p));
    newRef(parts.values[p]);
  };
  own->name = newRef(parts.values[kName]);
  own->qualname = newRef(parts.values[kQualname]);
  own->filename = newRef(parts.values[kFilename]);
  if (replaced) {
    own->module = replaced->module;
    own->unit = replaced->unit;
  }
  own->flags = number(kFlags);
  own->firstLine = number(kFirstLine);
  own->posOnlyCount = number(kPosOnlyArgCount);
  own->argCount = number(kArgCount);
  own->kwOnlyCount = number(kKwOnlyArgCount);
  own->paramCount = own->argCount + own->kwOnlyCount + ((own->flags & kCodeVarArgs) != 0) + ((own->flags & kCodeVarKeywords) != 0);
  if (!(own->flags & kCodeOptimized)) own->paramCount = 1; // a body takes its namespace
  // As CPython, whatever the code says: a text that is the first constant.
  if (parts.tupleSize(kConstants) && isStr(asTuple(parts.values[kConstants])->items[0]))
    own->docstring = newRef(asTuple(parts.values[kConstants])->items[0]);
  words(kVarNames, own->varNames, own->varCount);
  words(kCellVars, own->cellNames, own->cellCount);
  words(kFreeVars, own->freeNames, own->freeCount);
  krt_engine_hooks->bindBytecode(*own);
  CodeObject* c = allocateCode(own);
  if (!c) return Value();
  c->own = own;
  own->object = c;
  c->askedForBytecode = c->isBytecode = true;
  c->bytecode = newRef(parts.values[kCode]);
  c->lineTable = newRef(parts.values[kLineTable]);
  c->exceptionTable = newRef(parts.values[kExceptionTable]);
  c->constants = newRef(parts.values[kConstants]);
  c->names = newRef(parts.values[kNames]);
  c->stackSize = parts.numbers[kStackSize];
  return Value(&c->header);
}

/// The sites of `code` as CPython's line table tells them when the code begins elsewhere: it counts lines from the first one.
const SourceSpan* sitesMovedBy(int32_t lines, const CodeInfo* code) {
  auto* sites = new SourceSpan[code->siteCount];
  for (uint32_t i = 0; i < code->siteCount; ++i) {
    sites[i] = code->siteSpan(i);
    if (sites[i].line <= 0) continue; // of no line
    sites[i].line += lines;
    sites[i].endLine += lines;
  }
  return sites;
}

/// A copy that runs what `self` runs.
Value describeAnew(Value self, const Parts& parts) {
  auto* own = new CodeInfo(*codeInfoOf(self)); // stays, as above
  if (const auto lines = static_cast<int32_t>(parts.numbers[kFirstLine] - own->firstLine)) own->sites = sitesMovedBy(lines, own);
  own->flags = static_cast<uint32_t>(parts.numbers[kFlags]);
  own->firstLine = static_cast<uint32_t>(parts.numbers[kFirstLine]);
  own->filename = parts.values[kFilename];
  own->name = parts.values[kName];
  own->qualname = parts.values[kQualname];
  for (Value v : {own->name, own->qualname, own->filename, own->docstring, own->constants}) xincref(v);
  CodeObject* c = allocateCode(own);
  if (!c) return Value();
  c->own = own;
  c->basis = newRef(self);
  own->object = c;
  return Value(&c->header);
}

} // namespace

const char* const kReplaceSignature =
    "($self, *, co_argcount=-1, co_posonlyargcount=-1, co_kwonlyargcount=-1, co_nlocals=-1, co_stacksize=-1, "
    "co_flags=-1, co_firstlineno=-1, co_code=None, co_consts=None, co_names=None, co_varnames=None, "
    "co_freevars=None, co_cellvars=None, co_filename=None, co_name=None, co_qualname=None, co_linetable=None, "
    "co_exceptiontable=None)";

Value replaceCode(Value self, const Value* argv) {
  Parts parts;
  bool differs = self.as<CodeObject>()->isBytecode;
  const bool isCompiled = !differs && !codeInfoOf(self)->body;
  for (int i = 0; i < kPartCount; ++i) {
    const auto p = static_cast<Part>(i);
    Ref old(getAttr(self, kPartNames[p]));
    if (!old) return Value();
    if (argv[i] && !isInstanceOf(argv[i], typeFor(p))) {
      if (isNumber(p)) return raise(TypeErrorType, "'%T' object cannot be interpreted as an integer", argv[i]);
      return raise(TypeErrorType, "replace() argument '%s' must be %s, not %T", kPartNames[p], typeFor(p).name, argv[i]);
    }
    if (parts.set(p, argv[i] ? argv[i] : old.get()) < 0) return Value();
    const bool counts = !isDescription(p) || (isShownByFrames(p) && isCompiled && krt_engine_hooks);
    if (!argv[i] || !counts || differs) continue;
    const int32_t same = p == kConstants ? sameConstants(argv[i], old) : equal(argv[i], old);
    if (same < 0) return Value();
    differs = !same;
  }
  if (checkNumbers(parts, true) < 0) return Value();
  if (!differs) return describeAnew(self, parts);
  return makeBytecode(parts, codeInfoOf(self));
}

Value constructCode(Type*, const Args& args) {
  if (args.nameCount()) return raise(TypeErrorType, "code() takes no keyword arguments");
  if (checkPositional("code", args, 16, 18) < 0) return Value();
  Parts parts;
  for (size_t i = 0; i < kPartCount; ++i) {
    const Part p = kPositions[i];
    Value v = i < args.count ? args[i] : emptyTuple();
    if (!isInstanceOf(v, typeFor(p))) {
      if (isNumber(p)) return raise(TypeErrorType, "'%T' object cannot be interpreted as an integer", v);
      return raise(TypeErrorType, "code() argument %d must be %s, not %T", static_cast<int>(i + 1), typeFor(p).name, v);
    }
    if (parts.set(p, v) < 0) return Value();
  }
  return makeBytecode(parts, nullptr);
}

} // namespace krait
