import { readFileSync, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';

export const THEMES = ['dark', 'light', 'hc-dark', 'hc-light'] as const;
export type Theme = (typeof THEMES)[number];

export interface OpenOptions {
  page?: 'timeline' | 'store';
  stream?: 'cart' | 'million' | 'huge' | 'empty';
  theme?: Theme;
  width?: number;
  height?: number;
  /** What the host's `start` gives besides the stream. */
  start?: object;
  /** Methods that fail, with their problem. */
  fail?: object;
  /** The store cannot be opened because of this problem. */
  problem?: object;
  reducedMotion?: boolean;
  /** Opens the page without waiting for it to show its stream. */
  early?: boolean;
}

const root = join(import.meta.dirname, '../../..');
const CSP = "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self'; script-src 'nonce-test'";

/** Serves the page with a made-up host in place of VS Code, and opens it in Chromium. One for all test files. */
export class Harness {
  private readonly files = new Map<string, { type: string; body: string | Buffer }>();
  private server!: Server;
  private browser!: Browser;

  static async start(): Promise<Harness> {
    const harness = new Harness();
    await harness.bundle();
    harness.server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const file = harness.files.get(path) ?? (path === '/page' ? { type: 'text/html', body: document(new URL(request.url!, 'http://localhost')) } : undefined);
      response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' });
      response.end(file?.body ?? '');
    });
    await new Promise<void>((resolve) => harness.server.listen(0, '127.0.0.1', resolve));
    harness.browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
    return harness;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.server.close();
  }

  /** Opens a page of its own; errors of its scripts and violations of its CSP fail the test that closes it. */
  async open(options: OpenOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: { width: options.width ?? 900, height: options.height ?? 600 },
      reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
    await page.goto(this.address(options));
    if (!options.early && options.page !== 'store') await page.locator('.inspector-head').waitFor();
    if (!options.early && options.page === 'store') await page.locator('lf-store h1').waitFor();
    return page;
  }

  readonly errors: string[] = [];

  private address({ page = 'timeline', stream = 'cart', theme = 'dark', start, fail, problem }: OpenOptions): string {
    const url = new URL(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}/page`);
    const query = { page, stream, theme, start, fail, problem };
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(key, typeof value === 'string' ? value : JSON.stringify(value));
    }
    return url.href;
  }

  private async bundle(): Promise<void> {
    const result = await build({
      absWorkingDir: root,
      entryPoints: [
        { in: 'webview/main.ts', out: 'page' },
        { in: 'webview/page.css', out: 'page' },
        { in: 'test/webview/support/fake/browser.ts', out: 'fake' },
      ],
      outdir: 'out',
      write: false,
      bundle: true,
      format: 'iife',
      target: 'es2022',
      tsconfig: 'webview/tsconfig.json',
      sourcemap: 'inline',
      logLevel: 'error',
    });
    const codicons = join(root, 'node_modules/@vscode/codicons/dist');
    for (const { path, text } of result.outputFiles) {
      const name = path.slice(path.lastIndexOf('/'));
      this.files.set(name, { type: name.endsWith('.css') ? 'text/css' : 'text/javascript', body: text });
    }
    this.files.set('/codicon.css', { type: 'text/css', body: readFileSync(join(codicons, 'codicon.css')) });
    this.files.set('/codicon.ttf', { type: 'font/ttf', body: readFileSync(join(codicons, 'codicon.ttf')) });
    this.files.set('/favicon.ico', { type: 'image/x-icon', body: '' });
  }
}

// What VS Code itself puts into every webview.
const WEBVIEW_STYLES = `
html { scrollbar-color: auto; }
body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
  font-family: var(--vscode-font-family); font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
a, a code { color: var(--vscode-textLink-foreground); }
input:focus, select:focus, textarea:focus { outline-offset: -1px; }
code { font-family: var(--monaco-monospace-font); color: var(--vscode-textPreformat-foreground); background-color: var(--vscode-textPreformat-background);
  padding: 1px 3px; border-radius: 4px; }
kbd { background-color: var(--vscode-keybindingLabel-background); color: var(--vscode-keybindingLabel-foreground); border-style: solid; border-width: 1px;
  border-radius: 3px; border-color: var(--vscode-keybindingLabel-border); padding: 1px 3px; }
::-webkit-scrollbar { width: 10px; height: 10px; }
::-webkit-scrollbar-corner { background-color: var(--vscode-editor-background); }
::-webkit-scrollbar-thumb { background-color: var(--vscode-scrollbarSlider-background); }
::-webkit-scrollbar-thumb:hover { background-color: var(--vscode-scrollbarSlider-hoverBackground); }
`;

/** The document as the host writes it, with a theme's variables on it as VS Code puts them there. */
function document(url: URL): string {
  const theme = url.searchParams.get('theme') ?? 'dark';
  const page = url.searchParams.get('page') ?? 'timeline';
  const { bodyClass, variables } = JSON.parse(readFileSync(join(import.meta.dirname, 'themes', `${theme}.json`), 'utf8')) as {
    bodyClass: string;
    variables: Record<string, string>;
  };
  const style = Object.entries(variables).map(([name, value]) => `${name}:${value}`).join(';').replaceAll('"', '&quot;');
  return `<!DOCTYPE html>
<html lang="en" style="${style}" data-page="${page}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${CSP}">
<title>Leftfold</title>
<style>${WEBVIEW_STYLES}</style>
<link rel="stylesheet" href="codicon.css">
<link rel="stylesheet" href="page.css">
</head>
<body class="${bodyClass}" data-page="${page}">
<script nonce="test" src="fake.js"></script>
<script nonce="test" src="page.js"></script>
</body>
</html>`;
}

const CHROMIUM_ARGS = [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

function chromiumPath(): string {
  const named = process.env.LEFTFOLD_CHROMIUM;
  if (named) return named;
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    for (const folder of folders) if (existsSync(join(folder, name))) return join(folder, name);
  }
  throw new Error('No Chromium was found on the PATH: install it, or name it in LEFTFOLD_CHROMIUM.');
}
