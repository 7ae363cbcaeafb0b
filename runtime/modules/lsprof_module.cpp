// _lsprof.Profiler, the base of cProfile.Profile: counts and times of functions and of who called them.
//
// The running calls are a stack of Contexts. When one ends, its time goes to the
// function's entry and to the caller's subentry for it; the time of calls inside
// is taken off its own. Recursion counts, but adds to the total only at the outermost level. An enabled profiler is
// the thread's profile function, which keeps it alive.
#include <cstddef>
#include <ctime>
#include <unordered_map>
#include <vector>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/call.h"
#include "runtime/object/names.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/code_object.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"

namespace krait {
namespace {

struct Times {
  double total = 0, own = 0;
  int64_t calls = 0, recursiveCalls = 0, level = 0;
};
struct Entry {
  Value code; // code object or str, owned
  Times times;
  std::unordered_map<Entry*, Times> calls;
};
struct Context {
  Entry* entry;
  double start, inner = 0;
};
struct Tables {
  std::unordered_map<const void*, Entry> entries; // by CodeInfo or MethodDef
  std::vector<Context> running;
};

struct Profiler {
  Object header;
  Value timer;       // callable or null
  Tables* tables;
  double unit;       // of the timer's numbers
  bool subcalls, builtins;
};
Profiler* asProfiler(Value v) { return v.as<Profiler>(); }

double clockNow() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

double now(Profiler* p) {
  if (!p->timer) return clockNow();
  Ref pending = errorTake();
  Ref value(call(p->timer));
  double seconds = value ? toDouble(value) : 0;
  if (!value || (seconds == -1.0 && errorSet())) {
    errorUnraisable(nullptr, p->timer);
    seconds = 0;
  }
  errorRestore(pending.release());
  return seconds * p->unit;
}

/// How a builtin function appears: "<built-in method builtins.len>", "<method 'append' of 'list' objects>".
Value builtinLabel(Value builtin) {
  Ref pending = errorTake();
  Value text;
  if (isExact(builtin, builtinFunctionType)) {
    auto* f = builtin.as<BuiltinFunctionObject>();
    const bool isMethod = f->self && !isInstanceOf(f->self, moduleType);
    const Ref name(isMethod ? newStr(f->def->name) : Value());
    const Value found = name ? typeLookup(typeOf(f->self), name) : Value();
    if (found)
      text = repr(found);
    else if (!isMethod && f->module && isStr(f->module))
      text = formatText("<built-in method %U.%s>", f->module, f->def->name);
    else
      text = formatText("<built-in method %s>", f->def->name);
  } else if (isExact(builtin, classMethodDescriptorType)) {
    text = formatText("<built-in method %U>", builtin.as<DescriptorObject>()->name); // CPython is told of the bound one
  } else {
    text = repr(builtin);
  }
  errorClear();
  errorRestore(pending.release());
  return text;
}

/// What tells functions apart: the definition of a builtin one, bound or not.
const void* keyOf(Value builtin) {
  if (isExact(builtin, builtinFunctionType)) return builtin.as<BuiltinFunctionObject>()->def;
  const bool isDescriptor = isExact(builtin, methodDescriptorType) || isExact(builtin, classMethodDescriptorType);
  return isDescriptor ? builtin.as<DescriptorObject>()->def : builtin.object();
}

Entry* entryOf(Profiler* p, const CodeInfo* code, Value builtin) {
  const void* key = code ? static_cast<const void*>(code) : keyOf(builtin);
  Entry& entry = p->tables->entries[key];
  if (!entry.code) entry.code = code ? codeObjectOf(code) : builtinLabel(builtin);
  return &entry;
}

void enterCall(Profiler* p, Entry* entry) {
  Tables& t = *p->tables;
  ++entry->times.level;
  if (p->subcalls && !t.running.empty()) ++t.running.back().entry->calls[entry].level;
  t.running.push_back({entry, now(p)});
}

void finishTimes(Times& times, double total, double own) {
  if (--times.level == 0) times.total += total;
  else ++times.recursiveCalls;
  times.own += own;
  ++times.calls;
}

void leaveCall(Profiler* p) {
  Tables& t = *p->tables;
  if (t.running.empty()) return; // entered before profiling began
  Context context = t.running.back();
  t.running.pop_back();
  double total = now(p) - context.start, own = total - context.inner;
  finishTimes(context.entry->times, total, own);
  if (t.running.empty()) return;
  Context& caller = t.running.back();
  caller.inner += total;
  if (p->subcalls)
    if (auto found = caller.entry->calls.find(context.entry); found != caller.entry->calls.end())
      finishTimes(found->second, total, own);
}

void onEvent(Value profiler, bool enter, const CodeInfo* code, Value builtin) {
  Profiler* p = asProfiler(profiler);
  if (!code && !p->builtins) return;
  if (!enter) return leaveCall(p);
  enterCall(p, entryOf(p, code, builtin));
}

// ---- the type ---------------------------------------------------------------------------------------

Value construct(Type* type, const Args&) {
  Value self = type->allocate(type, 0);
  if (!self) return Value();
  asProfiler(self)->tables = new Tables;
  asProfiler(self)->subcalls = asProfiler(self)->builtins = true;
  if (!gcIsTracked(self.object())) gcTrack(self.object());
  return self;
}

int32_t init(Value self, const Args& args) {
  Value argv[4];
  Ref holder[2];
  if (bindArguments("Profiler", "(timer=None, timeunit=0.0, subcalls=True, builtins=True)", args, argv, 4, holder) < 0)
    return -1;
  Profiler* p = asProfiler(self);
  double unit = argv[1] ? toDouble(argv[1]) : 0;
  if (unit == -1.0 && errorSet()) return -1;
  int32_t subcalls = argv[2] ? isTrue(argv[2]) : 1, builtins = argv[3] ? isTrue(argv[3]) : 1;
  if (subcalls < 0 || builtins < 0) return -1;
  assign(p->timer, argv[0] && !isNone(argv[0]) ? newRef(argv[0]) : Value());
  p->unit = unit > 0 ? unit : 1;
  p->subcalls = subcalls;
  p->builtins = builtins;
  return 0;
}

void finishRunning(Profiler* p) {
  while (!p->tables->running.empty()) leaveCall(p);
}

void clearTables(Profiler* p) {
  std::unordered_map<const void*, Entry> entries;
  std::swap(entries, p->tables->entries);
  p->tables->running.clear();
  for (auto& [key, entry] : entries) xdecref(entry.code);
}

Value enable(Value self, const Value* argv) {
  Profiler* p = asProfiler(self);
  for (int i = 0; i < 2; ++i) {
    int32_t flag = argv[i] ? isTrue(argv[i]) : -2;
    if (flag == -1) return Value();
    if (flag >= 0) (i == 0 ? p->subcalls : p->builtins) = flag;
  }
  setNativeProfiler(onEvent, self);
  return newRef(none());
}
/// Whichever profile function listens, as in CPython.
Value disable(Value self) {
  setProfileFunction(Value());
  finishRunning(asProfiler(self));
  return newRef(none());
}
Value clearMethod(Value self) {
  clearTables(asProfiler(self));
  return newRef(none());
}

const char* const kEntryFields[] = {"code", "callcount", "reccallcount", "totaltime", "inlinetime", "calls", nullptr};
const char* const kSubentryFields[] = {"code", "callcount", "reccallcount", "totaltime", "inlinetime", nullptr};
const StructSequenceDef kEntryDef = {kEntryFields, 6, 6}, kSubentryDef = {kSubentryFields, 5, 5};
KRAIT_STRUCT_SEQUENCE_TYPE(entryType, "_lsprof.profiler_entry", kTypeOwnModule);
KRAIT_STRUCT_SEQUENCE_TYPE(subentryType, "_lsprof.profiler_subentry", kTypeOwnModule);

Value subentries(const Entry& entry) {
  if (entry.calls.empty()) return newRef(none());
  Ref list(newList(0));
  for (auto& [callee, times] : entry.calls) {
    Value fields[] = {newRef(callee->code), newInt(times.calls), newInt(times.recursiveCalls), newFloat(times.total), newFloat(times.own)};
    Ref item(newStructSequence(&subentryType, &kSubentryDef, fields));
    if (!list || !item || listAppend(list, item) < 0) return Value();
  }
  return list.release();
}

Value getStats(Value self) {
  Ref list(newList(0));
  for (auto& [key, entry] : asProfiler(self)->tables->entries) {
    if (entry.times.calls == 0) continue; // still running
    Ref calls(subentries(entry));
    if (!calls) return Value();
    Value fields[] = {newRef(entry.code), newInt(entry.times.calls), newInt(entry.times.recursiveCalls),
                      newFloat(entry.times.total), newFloat(entry.times.own), calls.release()};
    Ref item(newStructSequence(&entryType, &kEntryDef, fields));
    if (!list || !item || listAppend(list, item) < 0) return Value();
  }
  return list.release();
}

void clearProfiler(Object* o) { clear(reinterpret_cast<Profiler*>(o)->timer); }
void dealloc(Object* o) {
  gcUntrack(o);
  auto* p = reinterpret_cast<Profiler*>(o);
  clearTables(p);
  delete p->tables;
  clearProfiler(o);
  freeObject(o);
}
int traverse(Object* o, Visit visit, void* context) { return visit(reinterpret_cast<Profiler*>(o)->timer, context); }

const MethodDef methods[] = {
    {"getstats", getStats, "($self, /)"},
    {"enable", enable, "($self, subcalls=True, builtins=True)", kMethodUnsigned},
    {"disable", disable},
    {"clear", clearMethod},
    {},
};

constinit Type profilerType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_lsprof.Profiler",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnModule,
    .instanceLayout = {.type = &profilerType, .size = sizeof(Profiler), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearProfiler,
    .init = init,
    .construct = construct,
    .methods = methods,
};

const MethodDef functions[] = {{}};

int exec(Value module) {
  structSequenceReady(&entryType, &kEntryDef);
  structSequenceReady(&subentryType, &kSubentryDef);
  for (Type* type : {&profilerType, &entryType, &subentryType})
    if (moduleAddType(module, type) < 0) return -1;
  return 0;
}

} // namespace

extern "C" constinit const NativeModule krt_module_lsprof = {"_lsprof", functions, exec};

} // namespace krait
