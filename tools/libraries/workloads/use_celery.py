# python3-celery: tasks, chains and groups without a broker, and retries.
from celery import Celery, chain, group

app = Celery("tasks", broker="memory://", backend="cache+memory://")
app.conf.task_always_eager = True


@app.task
def add(x, y):
    return x + y


@app.task(bind=True, max_retries=2)
def stubborn(self, left):
    if left > 0:
        raise self.retry(args=(left - 1,), countdown=0)
    return "done"


print(add.name, add.delay(1, 2).get(), chain(add.s(1, 2), add.s(3))().get())
print(group(add.s(i, i) for i in range(3))().get(), stubborn.delay(1).get())
