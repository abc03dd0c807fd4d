declare module '@vscode/webview-ui-toolkit/dist/toolkit.min.js' {
  export function provideVSCodeDesignSystem(): unknown;
}
