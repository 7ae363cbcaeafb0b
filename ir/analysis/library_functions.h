// Functions of the standard library that give a number of one kind, whoever imports them under whatever name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace krait::ir::analysis {

enum class LibraryResult : uint8_t { Other, Int, Float };

/// Of a function by its dotted name, `random.gauss`.
LibraryResult resultOfLibrary(std::string_view dotted);
/// Of a method with so many arguments, of an object of which nothing else is known than that it has one: of a generator of random numbers, a span of time.
LibraryResult resultOfLibraryMethod(std::string_view name, size_t arguments);

} // namespace krait::ir::analysis
