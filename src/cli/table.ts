import type { Output } from './output';
import { fit, printable, widthOf, type Style } from './style';

export interface Column {
  title: string;
  align?: 'left' | 'right';
  /** Takes what the other columns leave of the line; cut at the line's end. At most one. */
  rest?: boolean;
}

/** Rows looked at before the widths are settled. */
const SAMPLE = 200;
const WIDEST = 60;

/** An aligned table, written while its rows come: widths are settled by the first of them. */
export class Table {
  private readonly waiting: string[][] = [];
  private widths: number[] | undefined;

  constructor(
    private readonly output: Output,
    private readonly style: Style,
    private readonly columns: Column[],
  ) {}

  async row(cells: string[]): Promise<void> {
    const safe = cells.map(printable);
    if (this.widths) return this.print(safe);
    this.waiting.push(safe);
    if (this.waiting.length >= SAMPLE) await this.settle();
  }

  /** Writes what is still waiting. */
  async end(): Promise<void> {
    if (!this.widths && this.waiting.length > 0) await this.settle();
  }

  private async settle(): Promise<void> {
    const widths = this.columns.map(({ title }, i) =>
      Math.min(WIDEST, Math.max(title.length, ...this.waiting.map((cells) => widthOf(cells[i] ?? '')))),
    );
    const restAt = this.columns.findIndex(({ rest }) => rest === true);
    if (restAt >= 0) {
      const others = widths.reduce((sum, width, i) => (i === restAt ? sum : sum + width + 2), 0);
      widths[restAt] = this.output.isTerminal ? Math.max(20, this.output.columns - others) : Infinity;
    }
    this.widths = widths;
    const head = this.columns.map(({ title, align }, i) => this.cell(title, widths[i]!, align)).join('  ');
    await this.output.line(this.style.paint('bold', head.trimEnd()));
    for (const cells of this.waiting.splice(0)) await this.print(cells);
  }

  private print(cells: string[]): Promise<void> {
    const line = cells.map((cell, i) => this.cell(cell, this.widths![i]!, this.columns[i]!.align)).join('  ');
    return this.output.line(line.trimEnd());
  }

  private cell(text: string, width: number, align: 'left' | 'right' | undefined): string {
    // Only a terminal has an edge; in a file or a pipe nothing is cut.
    if (width === Infinity || (!this.output.isTerminal && widthOf(text) > width)) return text;
    return fit(text, width, align);
  }
}
