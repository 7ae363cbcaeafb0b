# python3-django: an application of one file: models on SQLite, migrations by schema editor, views, forms, templates, admin-free test client.
import datetime
import decimal
import sys
sys.modules["shop"] = sys.modules[__name__]

import django
from django.apps import AppConfig
from django.conf import settings

settings.configure(
    DEBUG=True, SECRET_KEY="k" * 50, ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], USE_TZ=True, TIME_ZONE="UTC", LANGUAGE_CODE="en-us",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}, DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "django.contrib.messages",
                    AppConfig("shop", sys.modules[__name__])],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
                "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {
        "base.html": "<title>{% block title %}base{% endblock %}</title>{% block body %}{% endblock %}",
        "list.html": "{% extends 'base.html' %}{% block body %}{% for b in books %}{{ forloop.counter }}. {{ b.title|upper|truncatechars:12 }} "
                     "by {{ b.author.name|default:'?' }} {{ b.price|floatformat:1 }}{% if not forloop.last %}; {% endif %}{% empty %}none{% endfor %}{% endblock %}"})]}}])
django.setup()

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core import serializers, signing
from django.db import connection, models, transaction, IntegrityError
from django.db.models import Avg, Count, F, Q, Sum, Case, When, Value
from django.http import HttpResponse, JsonResponse, Http404
from django.shortcuts import render, get_object_or_404, redirect
from django.template import Template, Context, engines
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import path, re_path, reverse
from django.utils import timezone, text, html, dateparse
from django.views import View


class Author(models.Model):
    name = models.CharField(max_length=20, unique=True)

    class Meta:
        app_label = "shop"
        ordering = ["name"]

    def __str__(self):
        return self.name


class Book(models.Model):
    title = models.CharField(max_length=40)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")
    price = models.DecimalField(max_digits=6, decimal_places=2, default=decimal.Decimal("9.99"))
    published = models.DateField(null=True, blank=True)
    tags = models.ManyToManyField("Tag", blank=True)

    class Meta:
        app_label = "shop"
        constraints = [models.CheckConstraint(check=Q(price__gte=0), name="not_negative")]


class Tag(models.Model):
    word = models.SlugField()

    class Meta:
        app_label = "shop"


class BookForm(forms.ModelForm):
    again = forms.EmailField(required=False)

    class Meta:
        model = Book
        fields = ["title", "price", "author"]

    def clean_title(self):
        if self.cleaned_data["title"].startswith("bad"):
            raise ValidationError("bad title %(t)s", params={"t": self.cleaned_data["title"]})
        return self.cleaned_data["title"].strip()


def listing(request):
    request.session["seen"] = request.session.get("seen", 0) + 1
    return render(request, "list.html", {"books": Book.objects.select_related("author").order_by("title")})


class Detail(View):
    def get(self, request, pk):
        b = get_object_or_404(Book, pk=pk)
        return JsonResponse({"title": b.title, "price": b.price, "seen": request.session.get("seen"), "url": request.build_absolute_uri()})

    def post(self, request, pk):
        form = BookForm(request.POST)
        if form.is_valid():
            form.save()
            return redirect("listing")
        return HttpResponse(form.errors.as_json(), status=400, content_type="application/json")


urlpatterns = [path("", listing, name="listing"), path("book/<int:pk>/", Detail.as_view(), name="detail"),
               re_path(r"^old/(?P<year>[0-9]{4})/$", lambda request, year: HttpResponse("year " + year), name="old")]

with connection.schema_editor() as editor:
    for m in (Author, Tag, Book):
        editor.create_model(m)
from django.core.management import call_command
import io
out = io.StringIO()
call_command("migrate", verbosity=0, stdout=out, run_syncdb=False)
call_command("check", stdout=out)
print(out.getvalue().strip())
a = Author.objects.create(name="Ann")
b = Author.objects.create(name="Bob")
for i in range(5):
    Book.objects.create(title=f"Book number {i}", author=a if i % 2 else b, price=decimal.Decimal(i) * 3, published=datetime.date(2020, 1 + i, 1))
Book.objects.get(title__endswith="3").tags.add(Tag.objects.create(word="x"), Tag.objects.create(word="y"))
q = Book.objects.filter(Q(price__gt=3) | Q(title__icontains="NUMBER 0"), author__name__in=["Ann", "Bob"]).exclude(published__month=3).annotate(n=Count("tags"))
print(q.query)
print([(x.title, x.n, x.price) for x in q.order_by("-price")])
print(list(Author.objects.annotate(total=Sum("books__price"), avg=Avg("books__price")).values_list("name", "total", "avg")))
print(Book.objects.aggregate(s=Sum(F("price") * 2)), Book.objects.update(price=F("price") + 1), Book.objects.values("author__name").annotate(c=Count("id")).order_by("author__name")[:1])
print(list(Book.objects.annotate(kind=Case(When(price__lt=5, then=Value("cheap")), default=Value("dear"))).values_list("kind", flat=True)))
print([(x.name, [y.title for y in x.books.all()]) for x in Author.objects.prefetch_related("books")])
try:
    with transaction.atomic():
        Author.objects.create(name="Zed")
        Author.objects.create(name="Ann")
except IntegrityError as e:
    print(type(e).__name__, e, Author.objects.count())
try:
    Book(title="x" * 50, author=a, price="abc").full_clean()
except ValidationError as e:
    print(e.message_dict)
print(serializers.serialize("json", Book.objects.all()[:1]), Author._meta.get_field("name").max_length, repr(a), Book.objects.first() == Book.objects.get(pk=1))
setup_test_environment()
c = Client()
r = c.get("/")
print(r.status_code, r.content.decode(), [t.name for t in r.templates], len(r.context["books"]))
print(c.get(reverse("detail", args=[2])).json(), c.get("/book/99/").status_code, c.get("/old/1999/").content, c.get("/book/2").status_code)
print(c.post("/book/1/", {"title": " new ", "price": "1.5", "author": a.pk}).url, c.post("/book/1/", {"title": "bad one", "price": "x"}).json(), Book.objects.count())
print(BookForm({"title": "t", "price": 1, "author": b.pk}).as_p())
print(Template("{% load i18n %}{{ d|date:'D d M Y' }} {{ n|pluralize }} {{ x|escape }} {% with a=1 %}{{ a|add:2 }}{% endwith %} {% cycle 'a' 'b' %} {{ l|join:', ' }} {% trans 'Yes' %} {{ s|slugify }} {{ big|filesizeformat }}").render(
    Context({"d": datetime.date(2020, 2, 3), "n": 2, "x": "<b>", "l": [1, 2], "s": "Hello Wörld!", "big": 123456})))
p = Paginator(range(23), 5)
print(p.num_pages, p.page(5).object_list, p.page(2).has_next(), text.slugify("Ä b_c"), html.strip_tags("<p>a</p>"), dateparse.parse_duration("1 02:03:04"))
print(signing.loads(signing.dumps({"a": 1})), text.get_valid_filename("a b?.txt"), timezone.make_aware(datetime.datetime(2020, 1, 1)))
from django.contrib.auth.models import User
u = User.objects.create_user("joe", "j@x.y", "secret")
print(u.check_password("secret"), u.check_password("no"), c.login(username="joe", password="secret"), u.password.split("$")[0], u.has_perm("x"))
try:
    Template("{% if %}")
except Exception as e:
    print(type(e).__name__, e)
