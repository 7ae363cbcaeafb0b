// The sets, which make_cjk_charsets.py wrote. Codes of JIS are rows and cells from 0x21 (Windows' has rows beyond 94), those of
// other countries their two bytes.
#pragma once
#include "runtime/modules/multibyte/charset.h"

namespace krait::multibyte {

extern Charset kGb2312, kGbk, kGb18030;                  // chinese.cpp
extern Charset kJis, kJisSupplement, kCp932;             // japanese.cpp: JIS X 0208, 0212
extern Charset kJis2004, kJis2004Plane2, kJis2000, kJis2000Plane2; // JIS X 0213
extern Charset kEucJis2004, kEucJis2000, kIsoJis2000Plane2, kShiftJis2004, kShiftJis2000;
/// Whether a character of JIS X 0213 may have one code together with the one after it.
bool beginsJapanesePair(uint32_t c);
extern Charset kKs, kCp949, kJohab;                      // korean.cpp: KS X 1001
extern Charset kBig5, kCp950, kBig5Hkscs;                // taiwanese.cpp

} // namespace krait::multibyte
