// The files of a wheel's NAME-VERSION.dist-info, as texts.
#pragma once
#include <string>
#include "tools/krait/project_file.h"

namespace krait::tools {

/// Core metadata 2.1, from [project] alone.
std::string metadataText(const Project& project);
std::string wheelText(bool isPure, const std::string& tag);
/// Empty if there are none.
std::string entryPointsText(const Project& project);
/// NAME-VERSION, as in names of files.
std::string distributionName(const Project& project);

} // namespace krait::tools
