// --help of a program that is started as python3.
#pragma once

namespace krait {

/// Prints what is asked for to standard output.
void printHelp(bool options, bool variables, bool implementation);

} // namespace krait
