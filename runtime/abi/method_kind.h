// How a function is found that compiled code expects of an object's class.
#pragma once
#include <cstdint>

namespace krait {

/// From Operator on the class alone is looked at: no dict of the object may hide it. Super: behind the class in which another of them
/// was written (its `__class__`), in the order of the object's class.
enum class MethodKind : uint8_t { Method, Static, Operator, Getter, Setter, Super };
/// As the IR's text says them.
constexpr const char* kMethodKindNames[] = {"method", "static", "operator", "getter", "setter", "super"};
constexpr bool isOfClass(MethodKind kind) { return kind >= MethodKind::Operator; }

} // namespace krait
