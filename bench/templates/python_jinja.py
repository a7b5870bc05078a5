"""Renders a page with Python's Jinja for some seconds: PAGE SECONDS, the data as JSON on standard input."""
import json
import sys
import time
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

page, seconds = sys.argv[1], float(sys.argv[2])
data = json.load(sys.stdin)
loader = FileSystemLoader(Path(__file__).parent / "jinja")
environment = Environment(loader=loader, autoescape=True, auto_reload=False)
template = environment.get_template(f"{page}.html")
text = template.render(data)

def per_second(duration):
    count, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < duration:
        template.render(data)
        count += 1
    return count / (time.perf_counter() - begin)


best = max(per_second(seconds / 10) for _ in range(10))
print(json.dumps({"perSecond": best, "length": len(text)}))
