#include "runtime/modules/unix/character_locale.h"
#include <clocale>

namespace krait {

void chooseCharacterLocale() {
  static bool chosen = false;
  if (!chosen) setlocale(LC_CTYPE, "");
  chosen = true;
}

} // namespace krait
