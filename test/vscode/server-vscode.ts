// Takes the arguments of the desktop VS Code and runs the same suite in a VS Code server with a headless Chromium.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureChromium } from '../../scripts/lib/chromium';
import { main } from '../../scripts/lib/command';
import { out } from '../../scripts/lib/paths';
import { ensureVscodeServer } from '../../scripts/lib/vscode-server';
import { startWorkbench } from '../../scripts/lib/workbench';

/** A suite that hangs must not hang the machine. */
const limitMs = 10 * 60_000;

main(async () => {
  const { options, workspace } = readArguments(process.argv.slice(2));
  const logs = join(out, 'vscode-logs');
  mkdirSync(logs, { recursive: true });
  const report = join(logs, 'mocha.txt');
  const consoleLog = join(logs, 'console.log');
  for (const file of [report, consoleLog]) writeFileSync(file, '');

  const server = await startWorkbench(
    process.env.LEFTFOLD_VSCODE_SERVER ?? (await ensureVscodeServer()),
    { user: need(options, 'user-data-dir'), server: `${need(options, 'user-data-dir')}-server`, extensions: need(options, 'extensions-dir') },
    {
      log: join(logs, 'server.log'),
      args: ['--enable-smoke-test-driver', ...(options.has('disable-workspace-trust') ? ['--disable-workspace-trust'] : [])],
      env: { LEFTFOLD_TEST_OUT: report },
    },
  );
  const browser = await chromium.launch({
    executablePath: process.env.LEFTFOLD_CHROMIUM ?? ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const stopReport = follow(report);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const ended = new Promise<number>((resolve) => {
      void page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
      void server.ended.then((code) => resolve(code || 1));
      setTimeout(() => resolve(124), limitMs).unref();
    });
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      appendFileSync(consoleLog, `[${type}] ${args.map(String).join(' ')}\n`);
    });
    page.on('console', (message) => appendFileSync(consoleLog, `[page] ${message.text()}\n`));
    await page.goto(address(server.url, server.port, options, workspace));
    const code = await ended;
    stopReport();
    if (code === 124) console.error(`The suite did not end within ${limitMs / 60_000} minutes.`);
    if (readFileSync(report, 'utf8') === '') console.error(`The suite never started; see ${logs}.`);
    return code;
  } finally {
    await browser.close();
    await server.stop();
  }
});

/** The workbench is told what to develop and test by its address. */
function address(url: string, port: number, options: Map<string, string>, workspace: string | undefined): string {
  const remote = (path: string) => `vscode-remote://localhost:${port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(need(options, 'extensionDevelopmentPath'))],
    ['extensionTestsPath', remote(need(options, 'extensionTestsPath'))],
    ['skipWelcome', 'true'],
  ];
  const where = workspace ? `folder=${encodeURIComponent(workspace)}` : 'ew=true';
  return `${url}?${where}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

function readArguments(args: string[]): { options: Map<string, string>; workspace: string | undefined } {
  const options = new Map<string, string>();
  let workspace: string | undefined;
  for (const arg of args) {
    const match = /^--([^=]+)(?:=(.*))?$/.exec(arg);
    if (match?.[1]) options.set(match[1], match[2] ?? '');
    else if (existsSync(arg)) workspace = arg;
  }
  return { options, workspace };
}

function need(options: Map<string, string>, name: string): string {
  const value = options.get(name);
  if (!value) throw new Error(`--${name} is missing`);
  return value;
}

/** Prints what is added to a file, until stopped; stopping prints the rest. */
function follow(file: string): () => void {
  let printed = 0;
  const print = () => {
    const text = readFileSync(file, 'utf8');
    process.stdout.write(text.slice(printed));
    printed = text.length;
  };
  const timer = setInterval(print, 200);
  return () => {
    clearInterval(timer);
    print();
  };
}
