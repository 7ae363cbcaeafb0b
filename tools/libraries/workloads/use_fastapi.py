# python3-fastapi python3-uvicorn python3-httpx: a service behind a real server, validation errors, and its OpenAPI description.
import asyncio
import threading
import time

import httpx
import uvicorn
from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field


class Item(BaseModel):
    name: str = Field(min_length=2)
    price: float
    tags: list[str] = []


app = FastAPI(title="Shop")
items = {}


def limit(most: int = 10):
    return min(most, 100)


@app.get("/items")
async def listed(most: int = Depends(limit)):
    return [item.dict() | {"id": number} for number, item in list(items.items())[:most]]


@app.put("/items/{number}", response_model=Item, status_code=201)
async def put(number: int, item: Item):
    items[number] = item
    return item


@app.get("/items/{number}")
def get(number: int):
    if number not in items:
        raise HTTPException(404, "no such item")
    return items[number]


async def visit(url):
    async with httpx.AsyncClient(base_url=url) as client:
        answers = [
            await client.put("/items/1", json={"name": "cup", "price": 2.5, "tags": ["blue"]}),
            await client.put("/items/2", json={"name": "x", "price": "much"}),
            await client.get("/items/1"),
            await client.get("/items/7"),
            await client.get("/items", params={"most": 1}),
            await client.get("/nowhere"),
        ]
        for answer in answers:
            print(answer.status_code, answer.json())
        described = (await client.get("/openapi.json")).json()
        print(described["info"], sorted(described["paths"]), sorted(described["components"]["schemas"]))
        together = await asyncio.gather(*(client.get(f"/items/{n}") for n in (1, 2, 1, 3)))
        print([answer.status_code for answer in together])


server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
thread = threading.Thread(target=server.run, daemon=True)
thread.start()
while not server.started:
    time.sleep(0.01)
port = server.servers[0].sockets[0].getsockname()[1]
asyncio.run(visit(f"http://127.0.0.1:{port}"))
server.should_exit = True
thread.join()
print("stopped")
