import type { ChangeValue } from '../export/change-values';
import { printable, type Style } from './style';

/** One change on one line: green `+` added, red `-` removed, yellow `~` replaced. */
export function changeText(change: ChangeValue, name: string, style: Style, textOf: (value: unknown) => string): string {
  const key = printable(name);
  const text = (value: unknown) => printable(textOf(value));
  switch (change.op) {
    case 'add':
      return style.paint('green', `+ ${key}: ${text(change.new)}`);
    case 'remove':
      return style.paint('red', `- ${key}: ${text(change.old)}`);
    case 'replace':
      return `${style.paint('yellow', `~ ${key}:`)} ${style.paint('red', text(change.old))} → ${style.paint('green', text(change.new))}`;
  }
}
