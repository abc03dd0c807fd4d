import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Observable } from '../state/observable';

/** Renders an element again whenever something it watches has changed. */
export class Watch implements ReactiveController {
  private stop: (() => void)[] = [];

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly watched: () => Observable[],
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.stop = this.watched().map((one) => one.subscribe(() => this.host.requestUpdate()));
  }

  hostDisconnected(): void {
    for (const stop of this.stop) stop();
    this.stop = [];
  }
}
