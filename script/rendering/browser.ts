import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

/** A headless Chromium, driven by its DevTools protocol over a pipe: JSON messages, each ended by a zero byte. */

type Fields = Readonly<Record<string, unknown>>
type Message = Readonly<{
  id?: number
  method?: string
  params?: Fields
  result?: Fields
  error?: Readonly<{ message: string }>
  sessionId?: string
}>

export type Scheme = 'light' | 'dark'
export type Viewport = Readonly<{ width: number; height?: number; scheme: Scheme; scale?: number }>

export interface View extends AsyncDisposable {
  /** Gives the viewport the height of what it shows, so that all of it is on the screen. */
  readonly showAll: () => Promise<void>
  /** The value of an expression of JavaScript, waited for where it is a promise. */
  readonly evaluate: <T>(expression: string) => Promise<T>
  /** All of the page as PNG, however high it is. */
  readonly picture: () => Promise<Buffer>
  /** What it has asked for besides itself. */
  readonly requests: readonly string[]
}

export interface Browser extends AsyncDisposable {
  readonly open: (url: string, viewport: Viewport) => Promise<View>
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const elsewhere = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** `CHROMIUM`, or the first on the PATH. @throws where there is none */
export function findChromium(): string {
  const onPath = names.flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)))
  const found = [process.env['CHROMIUM'] ?? '', ...onPath, ...elsewhere].find((path) => path !== '' && isProgram(path))
  if (found === undefined)
    throw new Error('There is no Chromium. script/test and script/looks install it on Debian; elsewhere install Chrome, or set CHROMIUM.')
  return found
}

/** What it shows is made here, so it goes without a sandbox, which not every machine allows. */
const quiet = [
  '--no-sandbox',
  ...['--headless', '--remote-debugging-pipe', '--no-first-run', '--hide-scrollbars', '--mute-audio', '--disable-gpu'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-default-apps', '--disable-sync', '--disable-extensions'],
  ...['--disable-dev-shm-usage', '--force-color-profile=srgb', '--font-render-hinting=none', '--disable-lcd-text'],
]

type Waiting = Readonly<{ resolve: (result: Fields) => void; reject: (error: Error) => void }>

class Pipe {
  readonly #out: Writable
  readonly #waiting = new Map<number, Waiting>()
  readonly #listeners = new Set<(message: Message) => void>()
  #last = 0
  #rest = ''

  constructor(child: ChildProcess) {
    this.#out = child.stdio[3] as Writable
    const answers = child.stdio[4] as Readable
    answers.setEncoding('utf8').on('data', (text: string) => this.#read(text))
    const end = (why: string) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(why))
      this.#waiting.clear()
    }
    child.on('error', (error) => end(error.message))
    child.on('exit', (code) => end(`Chromium has ended (${code})`))
    this.#out.on('error', () => {})
  }

  send(method: string, params: Fields = {}, sessionId?: string): Promise<Fields> {
    const id = ++this.#last
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#out.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`)
    })
  }

  on(listener: (message: Message) => void): void {
    this.#listeners.add(listener)
  }

  #read(text: string): void {
    const messages = (this.#rest + text).split('\0')
    this.#rest = messages.pop() ?? ''
    for (const one of messages) {
      const message = JSON.parse(one) as Message
      const waiting = message.id === undefined ? undefined : this.#waiting.get(message.id)
      if (message.id !== undefined) this.#waiting.delete(message.id)
      if (message.error) waiting?.reject(new Error(message.error.message))
      else waiting?.resolve(message.result ?? {})
      if (message.method !== undefined) for (const listener of this.#listeners) listener(message)
    }
  }
}

async function openView(pipe: Pipe, url: string, { width, height = 800, scheme, scale = 1 }: Viewport): Promise<View> {
  const { targetId } = await pipe.send('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = (await pipe.send('Target.attachToTarget', { targetId, flatten: true })) as { sessionId: string }
  const send = (method: string, params?: Fields) => pipe.send(method, params, sessionId)
  const requests: string[] = []
  const loaded = new Promise<void>((resolve) =>
    pipe.on((message) => {
      if (message.sessionId !== sessionId) return
      if (message.method === 'Page.loadEventFired') resolve()
      const { request } = (message.params ?? {}) as { request?: Readonly<{ url: string }> }
      if (message.method === 'Network.requestWillBeSent' && request && request.url !== url) requests.push(request.url)
    }),
  )
  const size = (tall: number) =>
    send('Emulation.setDeviceMetricsOverride', { width, height: tall, deviceScaleFactor: scale, mobile: false })
  await Promise.all([send('Page.enable'), send('Network.enable'), size(height)])
  await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] })
  await send('Page.navigate', { url })
  await loaded

  const contentHeight = async () => {
    const { cssContentSize } = (await send('Page.getLayoutMetrics')) as { cssContentSize: Readonly<{ height: number }> }
    return Math.ceil(cssContentSize.height)
  }
  return {
    requests,
    showAll: async () => void (await size(await contentHeight())),
    evaluate: async <T>(expression: string) => {
      const { result, exceptionDetails } = (await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })) as {
        result: Readonly<{ value?: T }>
        exceptionDetails?: Readonly<{ text: string; exception?: Readonly<{ description?: string }> }>
      }
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      return result.value as T
    },
    picture: async () => {
      const clip = { x: 0, y: 0, width, height: await contentHeight(), scale: 1 }
      const { data } = (await send('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true, clip })) as { data: string }
      return Buffer.from(data, 'base64')
    },
    [Symbol.asyncDispose]: async () => void (await pipe.send('Target.closeTarget', { targetId })),
  }
}

/** Starts a browser of its own, with a profile that goes when it goes. Nothing outside this machine can be reached from it. */
export async function startBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'ml-image-chromium-'))
  const argv = [...quiet, '--host-resolver-rules=MAP * ~NOTFOUND', `--user-data-dir=${profile}`, 'about:blank']
  const child = spawn(findChromium(), argv, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: profile },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const pipe = new Pipe(child)
  await pipe.send('Browser.getVersion')
  return {
    open: (url, viewport) => openView(pipe, url, viewport),
    [Symbol.asyncDispose]: async () => {
      await pipe.send('Browser.close').catch(() => {})
      await ended
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
