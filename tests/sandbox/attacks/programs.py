"""Programs that try to get out of where own code runs. Each body runs in `grade`; 1.0 says that it succeeded.

`item` names what must not be reached: `file` (it holds the secret), `folder`, `port` (somebody listens), `python`.
The secret also stands in an environment variable. A body may import, hang, crash or flood as it likes.
"""

SECRET = "canary-8c1f"

FILES = {
    "reads a file": "return float('canary' in open(item['file']).read())",
    "reads a file by pathlib": "import pathlib\nreturn float('canary' in pathlib.Path(item['file']).read_text())",
    "reads a file by number": (
        "import os\nfd = os.open(item['file'], os.O_RDONLY)\nreturn float(len(os.read(fd, 9)) > 0)"
    ),
    "reads a file by io": "import io\nreturn float(len(io.FileIO(item['file']).read()) > 0)",
    "reads the system's users": "return float('root' in open('/etc/passwd').read())",
    "overwrites a file": "open(item['file'], 'w').write('changed')\nreturn 1.0",
    "appends to a file": "open(item['file'], 'a').write('changed')\nreturn 1.0",
    "empties a file": "import os\nos.truncate(item['file'], 0)\nreturn 1.0",
    "removes a file": "import os\nos.remove(item['file'])\nreturn 1.0",
    "renames a file": "import os\nos.rename(item['file'], 'mine')\nreturn 1.0",
    "changes a file's rights": "import os\nos.chmod(item['file'], 0o777)\nreturn 1.0",
    "changes a file's times": "import os\nos.utime(item['file'], (1, 1))\nreturn 1.0",
    "links to a file": "import os\nos.link(item['file'], 'mine')\nreturn float('canary' in open('mine').read())",
    "points to a file": "import os\nos.symlink(item['file'], 'mine')\nreturn float('canary' in open('mine').read())",
    "lists a folder": "import os\nreturn float(len(os.listdir(item['folder'])) > 0)",
    "makes a folder": "import os\nos.mkdir(item['folder'] + '/new')\nreturn 1.0",
    "makes a pipe": "import os\nos.mkfifo(item['folder'] + '/pipe')\nreturn 1.0",
    "climbs out of its folder": "return float('canary' in open('../' * 20 + item['file'].lstrip('/')).read())",
    "opens the root and goes down": (
        "import os\nroot = os.open('/', os.O_RDONLY)\n"
        "fd = os.open(item['file'].lstrip('/'), os.O_RDONLY, dir_fd=root)\nreturn float(len(os.read(fd, 9)) > 0)"
    ),
    "maps its own memory": "return float(len(open('/proc/self/maps').read()) > 0)",
    "copies by shutil": "import shutil\nshutil.copy(item['file'], 'mine')\nreturn 1.0",
    "opens a database": (
        "import sqlite3\nsqlite3.connect(item['folder'] + '/new.db').execute('create table t (a)')\nreturn 1.0"
    ),
}

NETWORK = {
    "connects": "import socket\nsocket.create_connection(('127.0.0.1', item['port']), 1)\nreturn 1.0",
    "sends a datagram": (
        "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', item['port']))\n"
        "return 1.0"
    ),
    "fetches a page": (
        "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:%d' % item['port'], timeout=1)\nreturn 1.0"
    ),
    "listens": "import socket\ns = socket.socket()\ns.bind(('127.0.0.1', 0))\ns.listen()\nreturn 1.0",
    "asks for a name": "import socket\nreturn float(len(socket.getaddrinfo('example.com', 80)) > 0)",
    "makes a pair of sockets": "import socket\nsocket.socketpair()\nreturn 1.0",
    "connects with asyncio": (
        "import asyncio\nasyncio.run(asyncio.open_connection('127.0.0.1', item['port']))\nreturn 1.0"
    ),
    "connects by system call": (
        "import ctypes\nreturn float(ctypes.CDLL(None).syscall(41, 2, 1, 0) >= 0)"  # socket(AF_INET, SOCK_STREAM)
    ),
}

PROCESSES = {
    "forks": "import os\nif os.fork() == 0:\n    os._exit(0)\nreturn 1.0",
    "starts a program": (
        "import subprocess\nsubprocess.run([item['python'], '-c', 'open(%r, \"w\")' % item['file']])\nreturn 1.0"
    ),
    "runs a shell": "import os\nreturn float(os.system('echo changed > ' + item['file']) == 0)",
    "becomes a program": "import os\nos.execv('/bin/sh', ['sh', '-c', 'echo changed > ' + item['file']])",
    "spawns": "import os\nos.posix_spawn('/bin/true', ['true'], {})\nreturn 1.0",
    "starts a worker": "import multiprocessing\np = multiprocessing.Process(target=print)\np.start()\nreturn 1.0",
    "forks by system call": "import ctypes\nreturn float(ctypes.CDLL(None).syscall(57) >= 0)",
    "ends its parent": "import os\nos.kill(os.getppid(), 15)\nreturn 1.0",
    "ends its group": "import os\nos.killpg(0, 15)\nreturn 1.0",
    "looks into its parent": "import ctypes, os\nreturn float(ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) == 0)",
    "leaves its namespaces": "import ctypes\nreturn float(ctypes.CDLL(None).unshare(0x10000000) == 0)",
    "raises its limits": (
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (1 << 40, 1 << 40))\nreturn 1.0"
    ),
    "shares memory": "import ctypes\nreturn float(ctypes.CDLL(None).shmget(7, 4096, 0o1666) >= 0)",
}

ENVIRONMENT = {
    "reads its environment": "import os\nreturn float('canary' in str(dict(os.environ)))",
    "asks for a variable": "import os\nreturn float('canary' in (os.getenv('RUBRIC_CANARY') or ''))",
    "asks the library for a variable": (
        "import ctypes\nf = ctypes.CDLL(None).getenv\nf.restype = ctypes.c_char_p\n"
        "return float(f(b'RUBRIC_CANARY') is not None)"
    ),
    "reads its parent's environment": (
        "import os\nreturn float(len(open('/proc/%d/environ' % os.getppid(), 'rb').read()) > 0)"
    ),
}

TIME = {
    "loops": "while True:\n    pass",
    "sleeps": "import time\ntime.sleep(1000)\nreturn 1.0",
    "matches a pattern for ever": "import re\nreturn float(bool(re.match('(a+)+$', 'a' * 60 + 'b')))",
    "raises to a power for ever": "return float(len(str(9 ** 9 ** 8)))",
    "adds for ever": "return float(sum(range(10 ** 15)))",
    "catches its own end": (
        "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"
    ),
    "leaves a thread that loops": (
        "import threading\ndef spin():\n    while True:\n        pass\n"
        "threading.Thread(target=spin).start()\nreturn 0.0"
    ),
    "ignores the alarm": "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True:\n    pass",
}

MEMORY = {
    "makes a long text": "return float(len('x' * 10 ** 11))",
    "fills a list": "kept = []\nwhile True:\n    kept.append('x' * 10 ** 6 + str(len(kept)))",
    "fills a dict": "kept = {}\nwhile True:\n    kept[len(kept)] = [0] * 1000",
    "makes a deep list": "deep = []\nfor _ in range(10 ** 8):\n    deep = [deep]\nreturn float(len(repr(deep)))",
}

OUTPUT = {
    "prints for ever": "while True:\n    print('x' * 10000)",
    "writes to its output": "import os\nwhile True:\n    os.write(1, b'x' * 100000)",
    "returns a long text": "return 'x' * 10 ** 8",
    "raises a long text": "raise ValueError('x' * 10 ** 7)",
    "fills its own folder": "file = open('mine', 'wb')\nwhile True:\n    file.write(b'x' * 10 ** 6)\n    file.flush()",
    "answers for others": (
        "import os\nfor number in range(3, 20):\n    try:\n        os.write(number, b'[1.0, \"\", null]\\n' * 3)\n"
        "    except OSError:\n        pass\nreturn 0.0"
    ),
}

CRASHES = {
    "reads nowhere": "import ctypes\nreturn float(len(ctypes.string_at(0)))",
    "calls for a fault": "import faulthandler\nfaulthandler._sigsegv()",
    "loads a bad pickle": "import pickle\npickle.loads(b'\\x80\\x04' + b'(' * 10 ** 6 + b'e' * 10 ** 6)\nreturn 0.0",
    "loads a deep pickle": "import pickle\npickle.loads(b']' + b'\\x85' * 10 ** 6 + b'.')\nreturn 0.0",
    "ends at once": "import os\nos._exit(0)",
    "aborts": "import os\nos.abort()",
    "kills itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "exits": "raise SystemExit(0)",
    "recurses": "return grade(sample, item)",
    "recurses without a limit": "import sys\nsys.setrecursionlimit(10 ** 9)\nreturn grade(sample, item)",
    "nests brackets": "return float(eval('(' * 5000 + ')' * 5000))",
    "reads deep JSON": "import json\nreturn float(len(json.loads('[' * 10 ** 6)))",
    "makes bad bytecode": (
        "def f():\n    pass\nf.__code__ = f.__code__.replace(co_code=b'\\x64\\xff' * 50, co_stacksize=1)\nreturn f()"
    ),
}

TRICKS = {
    "imports by name": "return float(len(__import__('os').listdir(item['folder'])) > 0)",
    "imports by importlib": (
        "import importlib\nreturn float(len(importlib.import_module('os').listdir(item['folder'])) > 0)"
    ),
    "imports us": "import rubric_studio.store.project_file\nreturn 1.0",
    "imports from a folder": "import sys\nsys.path.insert(0, item['folder'])\nimport evil\nreturn 1.0",
    "reloads": "import importlib, os\nreturn float(len(importlib.reload(os).listdir(item['folder'])) > 0)",
    "walks to all classes": (
        "found = [each for each in ().__class__.__bases__[0].__subclasses__() if each.__name__ == 'Popen']\n"
        "import subprocess\nreturn float(len(found[0](['/bin/true']).args) > 0)"
    ),
    "walks through its globals": "return float(len(grade.__globals__['__builtins__'].open(item['file']).read()) > 0)",
    "walks through a format": "return float('canary' in '{0.__class__.__init__.__globals__}'.format(grade))",
    "walks the frames": (
        "import sys\nframe = sys._getframe()\nwhile frame:\n"
        "    if 'f1c8'[::-1] in str({**frame.f_globals, **frame.f_locals}):\n        return 1.0\n"
        "    frame = frame.f_back\nreturn 0.0"
    ),
    "evaluates": "return float('canary' in eval('open(' + repr(item['file']) + ').read()'))",
    "executes": "names = {}\nexec('import os\\nx = os.listdir(\"/root\")', names)\nreturn float(len(names['x']) >= 0)",
    "bends what marks it": "import builtins\nbuiltins.isinstance = lambda *a: True\nreturn 'not a number'",
    "loads a library": "import ctypes\nreturn float(ctypes.CDLL(item['folder'] + '/evil.so') is not None)",
}

GROUPS: dict[str, dict[str, str]] = {
    "files": FILES,
    "network": NETWORK,
    "processes": PROCESSES,
    "environment": ENVIRONMENT,
    "time": TIME,
    "memory": MEMORY,
    "output": OUTPUT,
    "crashes": CRASHES,
    "tricks": TRICKS,
}
PROGRAMS = {name: body for group in GROUPS.values() for name, body in group.items()}


def source_of(body: str) -> str:
    """A program that attacks on the answer "attack" and gives 0.5 for every other."""
    indented = "\n".join(f"        {line}" for line in body.split("\n"))
    return (
        f"def grade(sample, item):\n    if sample['output_text'] == 'attack':\n{indented}\n    return 0.5\n"
    )
