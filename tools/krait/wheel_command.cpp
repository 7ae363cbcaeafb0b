// Compiles the chosen parts into a scratch folder, takes everything else as it is, and adds what describes it all.
#include "tools/krait/wheel_command.h"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include "codegen/emit/cache.h"
#include "codegen/emit/sha256.h"
#include "tools/krait/messages.h"
#include "tools/krait/program.h"
#include "tools/krait/project_layout.h"
#include "tools/krait/source_module.h"
#include "tools/krait/wheel_metadata.h"
#include "tools/krait/zip_writer.h"

namespace krait::tools {
namespace {

namespace fs = std::filesystem;

class ScratchFolder {
public:
  ScratchFolder() {
    std::string name = (fs::temp_directory_path() / "krait-wheel-XXXXXX").string();
    if (mkdtemp(name.data())) path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::string& path() const { return path_; } // empty: it could not be made

private:
  std::string path_;
};

/// False after reporting.
bool addFile(const std::string& name, const fs::path& path, std::vector<ZipEntry>& entries) {
  std::optional<std::string> bytes = codegen::emit::readFile(path);
  if (!bytes) {
    reportError(fmt::format("can't read file '{}': {}", path.string(), strerror(errno)));
    return false;
  }
  std::error_code failure;
  const bool isExecutable = (fs::status(path, failure).permissions() & fs::perms::owner_exec) != fs::perms::none;
  entries.push_back({name, std::move(*bytes), isExecutable});
  return true;
}

/// One part, as an extension. False after reporting.
bool compilePart(const CompiledPart& part, const ProjectLayout& layout, const Options& options, const Installation& installation,
                 const std::string& scratch, std::vector<ZipEntry>& entries) {
  Options own = options;
  own.command = Command::Build;
  own.isExtension = true;
  ProgramSource source;
  std::string error;
  source.folder = fs::absolute(layout.root).lexically_normal();
  source.filename = (fs::path(source.folder) / part.source).string();
  source.isPackage = part.isPackage;
  source.moduleName = part.name;
  if (!readSource(source.filename, source.bytes, error)) {
    reportError(error);
    return false;
  }
  const std::string output = scratch + "/part.so";
  return buildProgram(source, own, installation, output, nullptr) &&
         addFile(part.source.substr(0, part.source.size() - 3) + codegen::emit::hostTarget().extensionSuffix(), output, entries);
}

/// What describes the wheel, all but RECORD. False after reporting.
bool describe(const Project& project, bool isPure, const std::string& tag, std::vector<ZipEntry>& entries) {
  const std::string folder = distributionName(project) + ".dist-info/";
  entries.push_back({folder + "METADATA", metadataText(project)});
  entries.push_back({folder + "WHEEL", wheelText(isPure, tag)});
  if (std::string points = entryPointsText(project); !points.empty()) entries.push_back({folder + "entry_points.txt", std::move(points)});
  for (const PlacedText& file : project.licenseFiles)
    if (!addFile(folder + fs::path(file.text).filename().string(), fs::path(project.folder) / file.text, entries)) return false;
  return true;
}

/// As the csv module writes it.
std::string quoted(const std::string& field) {
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string out = "\"";
  for (char c : field) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

ZipEntry recordOf(const std::vector<ZipEntry>& entries, const std::string& name) {
  std::string text;
  for (const ZipEntry& e : entries) text += fmt::format("{},sha256={},{}\n", quoted(e.name), codegen::emit::sha256(e.bytes), e.bytes.size());
  return {name, text + name + ",,\n"};
}

bool writeFolder(const std::string& folder, const std::vector<ZipEntry>& entries, std::string& error) {
  for (const ZipEntry& e : entries) {
    const fs::path path = fs::path(folder) / e.name;
    std::error_code failure;
    fs::create_directories(path.parent_path(), failure);
    if (!codegen::emit::writeFileAtomically(path, e.bytes, error)) return false;
  }
  return true;
}

} // namespace

int makeWheel(const Options& options, const Installation& installation) {
  Project project;
  ProjectLayout layout;
  if (!readProject(options.files.empty() ? "." : options.files[0], project) || !findLayout(project, layout)) return 1;
  const bool isPure = layout.parts.empty();
  const std::string tag = isPure ? "py3-none-any" : "cp311-cp311-" + codegen::emit::hostTarget().platformTag();
  const std::string name = distributionName(project), folder = options.output.empty() ? "." : options.output;
  std::vector<ZipEntry> description, entries;
  if (!describe(project, isPure, tag, description)) return 1;
  std::error_code failure;
  std::string error;
  fs::create_directories(folder, failure); // a failure is told of when the file is written
  if (options.metadataOnly) {
    if (writeFolder(folder, description, error)) return fmt::print("{}.dist-info\n", name), 0;
    reportError(error);
    return 1;
  }
  const ScratchFolder scratch;
  if (scratch.path().empty()) {
    reportError(fmt::format("no folder can be made in {}: {}", fs::temp_directory_path().string(), strerror(errno)));
    return 1;
  }
  std::vector<std::string> replaced;
  for (const CompiledPart& part : layout.parts) {
    if (!compilePart(part, layout, options, installation, scratch.path(), entries)) return 1;
    replaced.insert(replaced.end(), part.replaced.begin(), part.replaced.end());
  }
  if (reportedMessages().errors > 0) return 1; // a module of a package, which raises SyntaxError when it is imported
  for (const std::string& file : layout.files)
    if (std::find(replaced.begin(), replaced.end(), file) == replaced.end() && !addFile(file, fs::path(layout.root) / file, entries)) return 1;
  std::sort(entries.begin(), entries.end(), [](const ZipEntry& a, const ZipEntry& b) { return a.name < b.name; });
  entries.insert(entries.end(), description.begin(), description.end()); // last, as the format recommends
  entries.push_back(recordOf(entries, name + ".dist-info/RECORD"));
  const std::string wheel = fmt::format("{}-{}.whl", name, tag);
  if (writeZip(fs::path(folder) / wheel, entries, error)) return fmt::print("{}\n", wheel), 0;
  reportError(error);
  return 1;
}

} // namespace krait::tools
