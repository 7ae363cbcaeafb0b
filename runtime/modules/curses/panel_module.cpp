// _curses_panel: windows that lie upon each other, through ncurses' panel library.
//
// The library knows its panels; the object of each is found in a list. A panel keeps its window and, as the library's user pointer, one
// value of the program's.
#include <map>
#include <panel.h>
#include "runtime/memory/alloc.h"
#include "runtime/modules/curses/curses_shared.h"
#include "runtime/modules/module_exception.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

struct PanelObject {
  Object header;
  PANEL* panel;
  Value window;
};
PanelObject* asPanel(Value v) { return v.as<PanelObject>(); }
PANEL* of(Value self) { return asPanel(self)->panel; }

Type* panelError;
/// The objects of the library's panels, borrowed.
std::map<const PANEL*, Value>& panels() {
  static std::map<const PANEL*, Value> all;
  return all;
}
Value objectOf(const PANEL* panel, const char* function) {
  const auto found = panels().find(panel);
  return found == panels().end() ? raise(RuntimeErrorType, "%s: can't find Panel Object", function) : newRef(found->second);
}
Value objectOrNone(const PANEL* panel, const char* function) { return panel ? objectOf(panel, function) : newRef(none()); }

// CPython's methods that ask for the class that has them say this of wrong arguments, and overlook names where they take nothing.

template <auto Function, Text Name> Value alone(Value self, const Args& args) {
  return args.count ? raise(TypeErrorType, "%s() takes no arguments", Name.text) : Function(self);
}
template <auto Function, Text Name, size_t Count> Value exactly(Value self, const Args& args) {
  if (args.count != Count)
    return raise(TypeErrorType, "%s() takes exactly %zu positional argument%s (%zu given)", Name.text, Count, Count == 1 ? "" : "s", args.count);
  return checkNoKeywords(Name.text, args) < 0 ? Value() : Function(self, args.values);
}

template <auto Function, Text Name> Value act(Value self) { return cursesDone(panelError, Function(of(self)), Name.text); }
template <auto Function, Text Name> Value neighbour(Value self) { return objectOrNone(Function(of(self)), Name.text); }
template <auto Function, Text Name> Value outermost(Value) { return needScreen() ? objectOrNone(Function(nullptr), Name.text) : Value(); }

Value isHidden(Value self) { return newRef(boolean(panel_hidden(of(self)) != FALSE)); }
Value movePanel(Value self, const Value* argv) {
  int y = 0, x = 0;
  return intArgument(argv[0], &y) && intArgument(argv[1], &x) ? cursesDone(panelError, move_panel(of(self), y, x), "move_panel") : Value();
}
Value windowOf(Value self) { return newRef(asPanel(self)->window); }
Value replaceWindow(Value self, const Value* argv) {
  const Value window = argv[0];
  if (!isWindow(window)) return raise(TypeErrorType, "replace() argument 1 must be _curses.window, not %.50G", window);
  if (replace_panel(of(self), window.as<WindowObject>()->window) == ERR) return cursesDone(panelError, ERR, "replace_panel");
  assign(asPanel(self)->window, newRef(window));
  return newRef(none());
}
/// The user pointer as a value (borrowed), or null.
Value userValue(const PANEL* panel) { return Value(reinterpret_cast<uint64_t>(panel_userptr(panel))); }
Value setUserValue(Value self, const Value* argv) {
  if (!needScreen()) return Value();
  const Value before = userValue(of(self));
  const int status = set_panel_userptr(of(self), reinterpret_cast<void*>(newRef(argv[0]).bits));
  if (const Value dropped = status == ERR ? argv[0] : before) decref(dropped);
  return cursesDone(panelError, status, "set_panel_userptr");
}
Value getUserValue(Value self) {
  if (!needScreen()) return Value();
  const Value v = userValue(of(self));
  return v ? newRef(v) : raise(*panelError, "no userptr set");
}

void dealloc(Object* o) {
  auto* const self = reinterpret_cast<PanelObject*>(o);
  if (self->panel) {
    panels().erase(self->panel);
    const Ref user(userValue(self->panel));
    set_panel_userptr(self->panel, nullptr);
    del_panel(self->panel);
  }
  if (self->window) decref(self->window);
  freeObject(o);
}

constexpr MethodDef panelMethods[] = {
    {"above", neighbour<panel_above, "panel_above">, "($self, /)"},
    {"below", neighbour<panel_below, "panel_below">, "($self, /)"},
    {"bottom", alone<act<bottom_panel, "bottom">, "bottom">, "($self, /)"},
    {"hidden", isHidden, "($self, /)"},
    {"hide", alone<act<hide_panel, "hide">, "hide">, "($self, /)"},
    {"move", exactly<movePanel, "move", 2>, "($self, y, x, /)"},
    {"replace", exactly<replaceWindow, "replace", 1>, "($self, win, /)"},
    {"set_userptr", exactly<setUserValue, "set_userptr", 1>, "($self, obj, /)"},
    {"show", alone<act<show_panel, "show">, "show">, "($self, /)"},
    {"top", alone<act<top_panel, "top">, "top">, "($self, /)"},
    {"userptr", alone<getUserValue, "userptr">, "($self, /)"},
    {"window", windowOf, "($self, /)"},
    {},
};

constinit Type panelType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_curses_panel.panel",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnModule | kTypeChangeable,
    .instanceLayout = {.type = &panelType, .size = sizeof(PanelObject)},
    .dealloc = dealloc,
    .methods = panelMethods,
};

Value makePanel(Value, Value window) {
  if (!isWindow(window)) return refuseType("new_panel", "_curses.window", window);
  if (!needScreen()) return Value();
  PANEL* const panel = new_panel(window.as<WindowObject>()->window);
  if (!panel) return raiseNull(panelError);
  Object* const o = newObject(&panelType.instanceLayout);
  if (!o) return del_panel(panel), Value();
  const Value made(o);
  asPanel(made)->panel = panel;
  asPanel(made)->window = newRef(window);
  panels().emplace(panel, made);
  return made;
}
Value updatePanels(Value) { return needScreen() ? (update_panels(), newRef(none())) : Value(); }

constinit const MethodDef methods[] = {
    {"bottom_panel", outermost<panel_above, "panel_above">, "($module, /)"},
    {"new_panel", makePanel, "($module, win, /)"},
    {"top_panel", outermost<panel_below, "panel_below">, "($module, /)"},
    {"update_panels", updatePanels, "($module, /)"},
    {},
};

int execute(Value module) {
  Ref curses(importModule("_curses")); // whose error says that there is no screen
  if (!curses || moduleAddType(module, &panelType) < 0) return -1;
  panelError = addModuleException(module, "_curses_panel", "error", ExceptionType);
  if (!panelError) return -1;
  for (const char* name : {"version", "__version__"})
    if (moduleAdd(module, name, newStr("2.1")) < 0) return -1;
  return 0;
}

} // namespace

extern "C" constinit const NativeModule krt_module_curses_panel = {"_curses_panel", methods, execute};

} // namespace krait
