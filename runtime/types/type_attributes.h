// The attributes that every class has (type's getset rows).
#pragma once
#include "runtime/object/type.h"

namespace krait {

extern const GetSetDef typeGetSet[];
extern const MemberDef typeMembers[];

} // namespace krait
