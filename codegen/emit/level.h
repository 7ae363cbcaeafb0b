// How hard LLVM works.
#pragma once
#include <cstdint>

namespace krait::codegen::emit {
/// What the user asks for. -O3 is O2 here: it is about packages and the library, of which the build of a program takes care.
enum class Level : uint8_t { O0, O1, O2 };
constexpr Level levelOf(int number) { return number > 2 ? Level::O2 : Level{static_cast<uint8_t>(number)}; }
/// What a module is to the program that is built.
enum class Care : uint8_t {
  Own,     // its own: as much as the level says
  Shipped, // compiled once for many programs: how long that takes matters less
  Package, // the build waits for it: functions with versions and fast paths where that pays, copies of others' code in loops alone
  Distant, // of a package, and further away: for little time, but for what generators and coroutines run
  Cheap,   // for little time
};
constexpr bool isCheap(Care care) { return care == Care::Distant || care == Care::Cheap; }
/// What a function's machine code gets: None and Library are for compile time (Library with the passes that pay at once); Package is
/// Little with the runtime's hot functions copied in loops alone.
enum class Effort : uint8_t { None, Library, Package, Little, Full };
} // namespace krait::codegen::emit
