// What pwd, grp and spwd share: text fields and ids as Python sees them.
#pragma once
#include <string>
#include <vector>
#include "runtime/modules/path_argument.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"

namespace krait::users {

/// A field of a database entry (owned); None for null.
inline Value textField(const char* s) { return s ? decodeFileSystem(s, std::char_traits<char>::length(s)) : newRef(none()); }
/// A uid or gid: the largest one is -1.
inline Value idField(uint32_t id) { return id == UINT32_MAX ? Value::ofSmallInt(-1) : newInt(id); }

/// Calls a getXXX_r function with growing space until it fits: its error number. `entry` is null if there is none.
template <class Entry, class F> int lookUp(Entry* storage, std::vector<char>& space, Entry** entry, F ask) {
  Blocking release;
  for (space.resize(1024);; space.resize(space.size() * 2)) {
    const int error = ask(storage, space.data(), space.size(), entry);
    if (error != ERANGE) return error;
  }
}

} // namespace krait::users
