import type { AnyRouter } from '@tanstack/react-router';
import { telemetryPageLoad } from '@/client';

/** How long a person waited for a page. */
export interface PageLoad {
  /** The route's pattern, never an address: `/studio/library/$contentId`. */
  page: string;
  milliseconds: number;
  kind: 'first' | 'navigation';
}

/** Times the first load from the start of the navigation, and each later page from the click. */
export class PageLoadClock {
  #since = 0;
  #first = true;

  /** Whether no page has been shown yet. */
  get isFirst(): boolean {
    return this.#first;
  }

  left(now: number): void {
    if (!this.#first) this.#since = now;
  }

  shown(page: string, now: number): PageLoad {
    const load: PageLoad = { page, milliseconds: Math.round(now - this.#since), kind: this.#first ? 'first' : 'navigation' };
    this.#first = false;
    return load;
  }
}

/** Reports real visits to the API. A page that was hidden while it loaded says nothing about waiting. */
export function reportPageLoads(router: AnyRouter): void {
  const clock = new PageLoadClock();
  let hidden = document.hidden;
  document.addEventListener('visibilitychange', () => { hidden ||= document.hidden; });
  router.subscribe('onBeforeLoad', (event) => {
    if (!event.pathChanged) return;
    clock.left(performance.now());
    hidden = document.hidden;
  });
  router.subscribe('onRendered', (event) => {
    // The first page was loaded before it was rendered: the router then says that nothing has changed.
    if (!event.pathChanged && !clock.isFirst) return;
    const page = (router.state.matches.at(-1) as { fullPath?: string } | undefined)?.fullPath ?? '/';
    // Two frames later the browser has painted what the router rendered.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const load = clock.shown(page, performance.now());
      if (hidden) return;
      // Measuring must never disturb a visit: a lost report is only a lost report.
      telemetryPageLoad({ body: load }).catch(() => undefined);
    }));
  });
}
