// Deciding whether a warning is shown. Steps of warnExplicit: already warned for
// this place? find the first matching filter; note it in the registry; show it
// through warnings._showwarnmsg if that module is loaded, else directly.
#include "runtime/exceptions/warnings.h"
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>
#include "runtime/exceptions/format_text.h"
#include "runtime/exceptions/frame_walk.h"
#include "runtime/exceptions/source_lines.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/importing/source_files.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/startup/command_line.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

Value filters, onceRegistry, defaultAction;
int64_t filtersVersion = 0;

Value makeFilter(const char* action, const Type& category, const char* module) {
  Ref actionText(newStr(action)), moduleText(module ? newStr(module) : newRef(none()));
  if (!actionText || !moduleText) return Value();
  return newTuple({actionText, none(), asValue(&category), moduleText, Value::ofSmallInt(0)});
}

/// Attribute of the warnings module if that is loaded (owned), null without error otherwise.
Value warningsAttribute(const char* name) {
  Value modules = sysModules();
  Value module = modules ? dictGet(modules, "warnings") : Value();
  if (!module) return Value();
  Ref text(internStr(name));
  return text ? getAttrOptional(module, text) : Value();
}

/// 1 if the filter's pattern (None, a str, or a compiled regular expression) accepts `text`.
int32_t patternMatches(Value pattern, Value text) {
  if (isNone(pattern)) return 1;
  if (isExactStr(pattern)) return strEqual(pattern, text);
  Ref match(callMethod(pattern, "match", {text}));
  return match ? isTrue(match) : -1;
}

int32_t filterMatches(Value item, Value category, Value text, int64_t line, Value module) {
  Value* part = asTuple(item)->items;
  int32_t good = patternMatches(part[1], text);
  if (good > 0) good = patternMatches(part[3], module);
  if (good > 0) good = isSubclass(category, part[2]);
  if (good <= 0) return good;
  int64_t wanted = toInt64(part[4]);
  if (wanted == -1 && errorSet()) return -1;
  return wanted == 0 || wanted == line;
}

/// The action (owned) for a warning; null with an error.
Value findAction(Value category, Value text, int64_t line, Value module, Ref* filter) {
  Ref current(warningsAttribute("filters"));
  if (!current) {
    if (errorSet()) return Value();
    current = Ref::share(warningFilters());
  }
  if (!current || !isList(current)) return raise(ValueErrorType, "_warnings.filters must be a list");
  assign(filters, newRef(current)); // for the time when warnings has no filters any more
  for (int64_t i = 0; i < asList(current)->size; ++i) {
    Ref item = Ref::share(asList(current)->items[i]);
    if (!isTuple(item) || asTuple(item)->size != 5)
      return raise(ValueErrorType, "_warnings.filters item %zd isn't a 5-tuple", i);
    int32_t match = filterMatches(item, category, text, line, module);
    if (match < 0) return Value();
    if (!match) continue;
    *filter = Ref::share(item);
    return newRef(asTuple(item)->items[0]);
  }
  *filter = Ref::share(none());
  Ref action(warningsAttribute("defaultaction"));
  if (action || errorSet()) return action.release();
  return xnewRef(warningDefaultAction());
}

/// 1 if `key` was seen in `registry` since the filters changed last; notes it if `set`.
int32_t alreadyWarned(Value registry, Value key, bool set) {
  if (!registry || isNone(registry)) return 0;
  Ref version(newStr("version"));
  Value known = version ? dictGet(registry, version) : Value();
  if (!known && errorSet()) return -1;
  if (!known || !known.isSmallInt() || known.smallInt() != filtersVersion) {
    dictClear(registry);
    if (dictSet(registry, version, Value::ofSmallInt(filtersVersion)) < 0) return -1;
  } else {
    Value seen = dictGet(registry, key);
    if (!seen && errorSet()) return -1;
    if (seen) {
      int32_t answer = isTrue(seen);
      if (answer) return answer;
    }
  }
  return set ? dictSet(registry, key, boolean(true)) : 0;
}

/// Like alreadyWarned for a text and category at any place.
int32_t updateRegistry(Value registry, Value text, Value category, bool withLine) {
  Ref key(withLine ? newTuple({text, category, Value::ofSmallInt(0)}) : newTuple({text, category}));
  return key ? alreadyWarned(registry, key, true) : -1;
}

/// "file:line: Category: text" and the source line, without the warnings module. `object`: what the warning is about.
void showDirectly(Value filename, int64_t line, Value text, Value category, Value sourceLine, Value object) {
  Value file = sysGet("stderr");
  if (!file || isNone(file)) return errorClear();
  Ref name(getAttr(category, NAME(__name__)));
  Ref head(name ? formatText("%U:%lld: %U: %U\n", filename, static_cast<long long>(line), name.get(), text) : Value());
  Ref written(head ? callMethod(file, NAME(write), {head}) : Value());
  Ref source = Ref::share(sourceLine);
  if (written && !source) {
    Ref whole(asStr(filename)->length > 0 && asStr(filename)->at(0) != '<' ? readSourceFile(filename) : Value());
    Ref newline(newStr("\n")), lines(whole && newline ? callMethod(whole, "split", {newline}) : Value());
    if (lines && line >= 1 && line <= asList(lines)->size) source = Ref::share(asList(lines)->items[line - 1]);
    errorClear();
  }
  Ref blanks(newStr(" \t\f")), stripped(source && written && blanks ? callMethod(source, "lstrip", {blanks}) : Value());
  Ref shown(stripped ? formatText("  %U\n", stripped.get()) : Value());
  if (shown) Ref(callMethod(file, NAME(write), {shown}));
  errorClear();
  // At the very end nothing can be imported that would tell.
  Ref hint(object && name && !isFinalizing() ? formatText("%U: Enable tracemalloc to get the object allocation traceback\n", name.get())
                          : Value());
  if (hint) Ref(callMethod(file, NAME(write), {hint}));
  errorClear();
}

int32_t show(Value category, Value text, Value message, Value filename, int64_t line, Value sourceLine, Value source) {
  Ref function(warningsAttribute("_showwarnmsg"));
  if (!function) {
    if (errorSet()) return -1;
    showDirectly(filename, line, text, category, sourceLine, source);
    return 0;
  }
  if (!isCallable(function)) return fail(TypeErrorType, "warnings._showwarnmsg() must be set to a callable");
  Ref type(warningsAttribute("WarningMessage"));
  if (!type) return errorSet() ? -1 : fail(RuntimeErrorType, "unable to get warnings.WarningMessage");
  Ref record(source ? call(type, {message, category, filename, newInt(line), none(), none(), source})
                    : call(type, {message, category, filename, newInt(line), none(), none()}));
  if (!record) return -1;
  Ref result(call(function, {record}));
  return result ? 0 : -1;
}

/// Frames of the import machinery do not count for stack levels.
bool isInternal(const CodeInfo* code) {
  Utf8 name(code->filename);
  if (!name.ok()) {
    errorClear();
    return false;
  }
  const auto has = [&](std::string_view part) { return name.view().find(part) != std::string_view::npos; };
  return has("importlib") && (has("_bootstrap") || has("_frozen_importlib")); // the latter: those of runtime/lib
}

void nextExternal(FrameCursor& cursor) {
  do cursor.next();
  while (cursor && isInternal(cursor.code()));
}
} // namespace

namespace {
/// The class that "Name" or "module.Name" of a -W option means (owned); null without error if there is none.
Value categoryNamed(const std::string& name) {
  if (name.empty()) return newRef(asValue(&WarningType));
  const size_t dot = name.rfind('.');
  Ref module(importModule(dot == std::string::npos ? "builtins" : name.substr(0, dot).c_str()));
  Ref found(module ? getAttr(module, name.substr(dot == std::string::npos ? 0 : dot + 1).c_str()) : Value());
  int32_t good = found && isInstanceOf(found, typeType) ? isSubclass(found, asValue(&WarningType)) : 0;
  if (good > 0) return found.release();
  errorClear();
  return Value();
}

/// "action:message:category:module:line" of sys.warnoptions as a filter (owned); null without error if it says nothing that
/// can be decided here: messages are patterns, which the warnings module compiles.
Value filterFromOption(const std::string& option) {
  std::vector<std::string> parts(1);
  for (char c : option) c == ':' ? parts.emplace_back() : parts.back() += c;
  if (parts.size() > 5) return Value();
  parts.resize(5);
  std::string action;
  for (const char* known : {"default", "always", "ignore", "module", "once", "error"})
    if (action.empty() && (parts[0].empty() || std::string_view(known).starts_with(parts[0]))) action = known;
  if (parts[0] == "all") action = "always";
  if (action.empty() || !parts[1].empty()) return Value();
  Ref category(categoryNamed(parts[2]));
  if (!category) return Value();
  Ref item(makeFilter(action.c_str(), *category.as<Type>(), parts[3].empty() ? nullptr : parts[3].c_str()));
  if (item && !parts[4].empty()) assign(asTuple(item)->items[4], newInt(strtoll(parts[4].c_str(), nullptr, 10)));
  return item.release();
}
} // namespace

Value warningFilters() {
  if (filters) return filters;
  Ref list(newList(0));
  struct {
    const char* action;
    const Type& category;
    const char* module;
  } rows[] = {{"default", DeprecationWarningType, "__main__"},
              {"ignore", DeprecationWarningType, nullptr},
              {"ignore", PendingDeprecationWarningType, nullptr},
              {"ignore", ImportWarningType, nullptr},
              {"ignore", ResourceWarningType, nullptr}};
  for (auto& row : rows) {
    Ref item(makeFilter(row.action, row.category, row.module));
    if (!list || !item || listAppend(list, item) < 0) return Value();
  }
  filters = newRef(list);
  for (const std::string& option : commandLine().warnings) {
    Ref item(filterFromOption(option));
    if (item ? listInsert(list, 0, item) < 0 : errorSet()) return Value();
  }
  return filters;
}

Value warningOnceRegistry() {
  if (!onceRegistry) onceRegistry = newDict();
  return onceRegistry;
}

Value warningDefaultAction() {
  if (!defaultAction) defaultAction = newStr("default");
  return defaultAction;
}

void warningFiltersMutated() { ++filtersVersion; }

int32_t findWarningContext(int64_t stackLevel, WarningContext* out) {
  FrameCursor cursor;
  if (stackLevel <= 0 || (cursor && isInternal(cursor.code()))) {
    while (--stackLevel > 0 && cursor) cursor.next();
  } else {
    while (--stackLevel > 0 && cursor) nextExternal(cursor);
  }
  Value globals;
  if (cursor) {
    globals = globalsOf(cursor.code(), cursor.function());
    out->filename = Ref::share(cursor.code()->filename);
    out->line = lineOfSite(cursor.code(), cursor.site());
  } else {
    out->filename.reset(newStr("sys"));
    out->line = 1;
    globals = sysNamespace(); // sys.modules may be empty by now
  }
  if (!globals || !out->filename) return fail(RuntimeErrorType, "no globals for a warning");
  Ref key(internStr("__warningregistry__"));
  Value registry = key ? dictGet(globals, key) : Value();
  if (!registry) {
    if (errorSet()) return -1;
    out->registry.reset(newDict());
    if (!out->registry || dictSet(globals, key, out->registry) < 0) return -1;
  } else {
    out->registry = Ref::share(registry);
  }
  Value module = dictGet(globals, NAME(__name__));
  if (!module && errorSet()) return -1;
  out->module = module && (isNone(module) || isStr(module)) ? Ref::share(module) : Ref(newStr("<string>"));
  return 0;
}

int32_t warnExplicit(Value category, Value message, Value filename, int64_t line, Value module, Value registry,
                     Value sourceLine, Value source) {
  if (module && isNone(module)) return 0;
  if (registry && !isDict(registry) && !isNone(registry))
    return fail(TypeErrorType, "'registry' must be a dict or None");
  Ref moduleName = Ref::share(module);
  if (!moduleName) { // the file's name without .py
    int64_t n = asStr(filename)->length;
    Ref suffix(newStr(".py"));
    bool python = n >= 3 && strFind(filename, suffix, n - 3, n, 1) == n - 3;
    moduleName.reset(n == 0 ? newStr("<unknown>") : python ? strSubstring(filename, 0, n - 3) : newRef(filename));
    if (!moduleName) return -1;
  }
  Ref text, instance;
  int32_t isWarning = isInstance(message, asValue(&WarningType));
  if (isWarning < 0) return -1;
  if (isWarning) {
    text.reset(str(message));
    instance = Ref::share(message);
    category = asValue(typeOf(message));
  } else {
    text = Ref::share(message);
    instance.reset(call(category, {message}));
  }
  if (!text || !instance) return -1;
  Ref key(newTuple({text, category, newInt(line)}));
  int32_t known = key ? alreadyWarned(registry, key, false) : -1;
  if (known) return known < 0 ? -1 : 0;
  Ref filter;
  Ref action(findAction(category, text, line, moduleName, &filter));
  if (!action) return -1;
  auto is = [&](const char* name) { return isStr(action) && strEqual(action, name); };
  if (is("error")) {
    krt_raise(instance);
    return -1;
  }
  if (is("ignore")) return 0;
  if (registry && !isNone(registry) && !is("always") && dictSet(registry, key, boolean(true)) < 0) return -1;
  known = 0;
  if (is("once")) {
    Ref once(warningsAttribute("onceregistry"));
    if (!once && errorSet()) return -1;
    known = updateRegistry(registry ? registry : once ? once.get() : warningOnceRegistry(), text, category, false);
  } else if (is("module")) {
    known = updateRegistry(registry, text, category, false);
  } else if (!is("always") && !is("default")) {
    return fail(RuntimeErrorType, "Unrecognized action (%R) in warnings.filters:\n %R", action.get(), filter.get());
  }
  if (known) return known < 0 ? -1 : 0;
  return show(category, text, instance, filename, line, sourceLine, source);
}

int32_t warnWithSource(Value category, Value message, int64_t stackLevel, Value source) {
  WarningContext context;
  if (findWarningContext(stackLevel, &context) < 0) return -1;
  return warnExplicit(category, message, context.filename, context.line, context.module, context.registry, Value(),
                      source);
}

void warnOfUnclosed(Value source, const char* format, Value self) {
  Ref pending = errorTake(), text(formatText(format, source));
  if (!text || warnWithSource(asValue(&ResourceWarningType), text, 1, source) < 0) {
    if (errorMatches(WarningType)) errorUnraisable(nullptr, self);
    errorClear();
  }
  if (pending) errorRestore(pending.release());
}

int32_t warn(const Type& category, int stackLevel, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  Ref text(formatTextV(format, arguments));
  va_end(arguments);
  return text ? warnWithSource(asValue(&category), text, stackLevel, Value()) : -1;
}

} // namespace krait
