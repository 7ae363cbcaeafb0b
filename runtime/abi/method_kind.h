// How a function is found that compiled code expects of an object's class.
#pragma once
#include <cstdint>

namespace krait {

/// From Operator on the class alone is looked at: no dict of the object may hide it.
enum class MethodKind : uint8_t { Method, Static, Operator, Getter, Setter };
/// As the IR's text says them.
constexpr const char* kMethodKindNames[] = {"method", "static", "operator", "getter", "setter"};
constexpr bool isOfClass(MethodKind kind) { return kind >= MethodKind::Operator; }

} // namespace krait
