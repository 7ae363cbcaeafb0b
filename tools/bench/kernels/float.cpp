#include "checked.h"
#include <memory>

struct Point {
  double x, y, z;

  explicit Point(Int i) : x(std::sin(double(i))), y(std::cos(double(i)) * 3), z((x * x) / 2) {}

  void normalise() {
    const double norm = std::sqrt(x * x + y * y + z * z);
    x = divide(x, norm);
    y = divide(y, norm);
    z = divide(z, norm);
  }

  Point* maximise(const Point& other) {
    x = x > other.x ? x : other.x;
    y = y > other.y ? y : other.y;
    z = z > other.z ? z : other.z;
    return this;
  }
};

int main(int, char** argv) {
  const Int n = std::atoll(argv[1]);
  std::vector<std::unique_ptr<Point>> points;
  for (Int i = 0; i < n; i++) points.push_back(std::make_unique<Point>(i));
  for (auto& point : points) point->normalise();
  Point* most = at(points, 0).get();
  for (Int i = 1; i < n; i++) most = most->maximise(*at(points, i));
  std::printf("%.12f %.12f %.12f\n", most->x, most->y, most->z);
}
