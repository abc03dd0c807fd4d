/**
 * A scroll position in a list that may be taller than a browser can lay out (about 33 million device pixels).
 *
 * Beyond a limit the scroll bar stands for the list on a smaller scale: small movements (wheel, keys, touch) move the
 * rows pixel by pixel as ever, large ones (dragging the bar) move in proportion, so that every row can be reached.
 * All lengths are CSS pixels.
 */
export class ScrollModel {
  /** Low enough for a zoom of 200 % on a display of two device pixels to a CSS pixel. */
  static readonly LIMIT = 6_000_000;

  private height = 0;
  private viewport = 0;
  private scrolled = 0;
  /** Where the viewport's top is in the list as it would be unscaled. */
  top = 0;

  /** Sets the list's height and the viewport's; the place is kept as far as it exists. */
  resize(height: number, viewport: number): void {
    this.height = height;
    this.viewport = viewport;
    this.moveTo(this.top);
  }

  /** The height to lay out. */
  get layoutHeight(): number {
    return Math.min(this.height, ScrollModel.LIMIT);
  }

  /** Where the scroll bar belongs for the present place. */
  get scrollTop(): number {
    return this.scaled ? (this.top / this.range) * this.layoutRange : this.top;
  }

  /** Takes a place in the list (clamped); the scroll bar is to be put to `scrollTop`. */
  moveTo(top: number): void {
    this.top = Math.min(Math.max(top, 0), this.range);
    this.scrolled = this.scrollTop;
  }

  /**
   * Takes what the browser scrolled to.
   * @returns whether the scroll bar must be put to `scrollTop` at once, because it has met its end before the list has
   */
  scrolledTo(scrollTop: number): boolean {
    const moved = scrollTop - this.scrolled;
    this.scrolled = scrollTop;
    if (!this.scaled) {
      this.top = Math.min(Math.max(scrollTop, 0), this.range);
      return false;
    }
    const dragged = Math.abs(moved) > this.viewport * 2;
    const top = dragged ? (scrollTop / this.layoutRange) * this.range : this.top + moved;
    this.top = Math.min(Math.max(top, 0), this.range);
    const atEnd = scrollTop <= 0 || scrollTop >= this.layoutRange - 1;
    const listAtEnd = this.top <= 0 || this.top >= this.range;
    return atEnd && !listAtEnd;
  }

  /** Notes that the scroll bar was put to `scrollTop`, so that the event that follows moves nothing. */
  settled(scrollTop: number): void {
    this.scrolled = scrollTop;
  }

  private get scaled(): boolean {
    return this.height > ScrollModel.LIMIT;
  }

  private get range(): number {
    return Math.max(0, this.height - this.viewport);
  }

  private get layoutRange(): number {
    return Math.max(1, this.layoutHeight - this.viewport);
  }
}
