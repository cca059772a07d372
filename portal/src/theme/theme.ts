import { createTheme, type CSSVariablesResolver } from '@mantine/core';
import { inks, line, quiet, strongLine, well, type Ink } from './tokens';

export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: 8,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'Inter, "Segoe UI", system-ui, -apple-system, Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '28px', lineHeight: '36px' }, h2: { fontSize: '20px', lineHeight: '28px' }, h3: { fontSize: '16px', lineHeight: '24px' } },
  },
  components: {
    Tooltip: { defaultProps: { openDelay: 200, events: { hover: true, focus: true, touch: true }, multiline: true, maw: 320, transitionProps: { duration: 100 } } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 150 } } },
    Drawer: { defaultProps: { transitionProps: { duration: 150 } } },
    Menu: { defaultProps: { transitionProps: { duration: 100 }, shadow: 'md' } },
    Paper: { defaultProps: { radius: 'md' } },
    Loader: { defaultProps: { size: 'sm' } },
    NavLink: { styles: { root: { borderRadius: '8px', minHeight: '44px' } } },
  },
});

const side = (pick: keyof Ink): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(inks).map(([role, ink]) => [`--ink-${role}`, ink[pick]])),
  '--paper-quiet': quiet[pick],
  '--paper-well': well[pick],
  '--line': line[pick],
  '--line-strong': strongLine[pick],
  '--mantine-color-dimmed': inks.neutral[pick],
  '--mantine-color-placeholder': inks.neutral[pick],
  '--mantine-color-error': inks.bad[pick],
  '--mantine-color-anchor': inks.progress[pick],
});

/** Replaces Mantine's colours that fail the contrast that we promise. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: side('onLight'),
  dark: side('onDark'),
});
