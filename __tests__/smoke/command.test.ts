import { expect, test } from '@jest/globals'
import { commandLine, listeningCommand } from '../../src/smoke/diagnoses/command.ts'

test.each<readonly [string, readonly string[], string | undefined]>([
  ['uvicorn', ['uvicorn', 'main:app'], 'CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"]'],
  [
    'with a host',
    ['uvicorn', 'main:app', '--host', '127.0.0.1', '--port=9000', '--workers', '2'],
    'CMD ["uvicorn", "main:app", "--workers", "2", "--host", "0.0.0.0", "--port", "8000"]',
  ],
  [
    'as a module',
    ['python', '-m', 'uvicorn', 'main:app'],
    'CMD ["python", "-m", "uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"]',
  ],
  ['by a shell', ['/bin/sh', '-c', 'gunicorn -b 127.0.0.1:5000 app:app'], 'CMD gunicorn app:app --bind 0.0.0.0:8000'],
  ['flask', ['flask', 'run', '--host=localhost'], 'CMD ["flask", "run", "--host", "0.0.0.0", "--port", "8000"]'],
  ['streamlit', ['streamlit', 'run', 'app.py'], 'CMD ["streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8000"]'],
  ['a program that decides by itself', ['python', 'app.py'], undefined],
  ['a script', ['/entry.sh'], undefined],
  ['nothing', [], undefined],
])('%s listens on all addresses', (_, command, line) => expect(listeningCommand(command, 8_000)).toBe(line))

test('a command is written as a Dockerfile has it', () =>
  expect([commandLine(['sh', '-c', 'a && b']), commandLine(['a', 'b c'])]).toEqual(['CMD a && b', 'CMD ["a", "b c"]']))
