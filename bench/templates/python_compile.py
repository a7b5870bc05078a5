"""Compiles the source on standard input with Python's Jinja for some seconds: SECONDS."""
import json
import sys
import time

from jinja2 import Environment

seconds = float(sys.argv[1])
source = sys.stdin.read()
environment = Environment(autoescape=True)
environment.from_string(source)

def per_second(duration):
    count, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < duration:
        environment.from_string(source)
        count += 1
    return count / (time.perf_counter() - begin)


best = max(per_second(seconds / 10) for _ in range(10))
print(json.dumps({"perSecond": best}))
