#!/usr/bin/env node
// What @vscode/test-electron starts in place of the desktop VS Code where that cannot be downloaded.
import { tsImport } from 'tsx/esm/api';

await tsImport('./server-vscode.ts', import.meta.url);
