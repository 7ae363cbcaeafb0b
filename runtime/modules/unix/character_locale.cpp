#include "runtime/modules/unix/character_locale.h"
#include <clocale>
#include <cstring>

namespace krait {

void chooseCharacterLocale() {
  static bool chosen = false;
  if (chosen) return;
  chosen = true;
  const char* name = setlocale(LC_CTYPE, "");
  if (!name || !std::strcmp(name, "C") || !std::strcmp(name, "POSIX")) setlocale(LC_CTYPE, "C.UTF-8");
}

} // namespace krait
