/** Code blocks. In a file of its own, because a function stands in it. */
const noTimeLimit = {
  name: 'no-time-limit',
  /** @param {string} _ @param {{ tokenizeTimeLimit?: number }} options */
  preprocess(_, options) {
    options.tokenizeTimeLimit = 0;
  },
};

export default {
  themes: ['vitesse-dark', 'vitesse-light'],
  // Shiki gives a line up after half a second: on a busy machine two builds of the same page would differ.
  shiki: { transformers: [noTimeLimit] },
  // Without a choice the system decides, by media query and so without script; see ThemeProvider.astro.
  useStarlightDarkModeSwitch: false,
  useDarkModeMediaQuery: true,
  // A block that wraps has no scrolling region that would need a name.
  defaultProps: { wrap: true, frame: 'none' },
  styleOverrides: {
    borderColor: 'var(--zc-rule)',
    codeBackground: 'var(--zc-plate)',
    frames: {
      shadowColor: 'transparent',
      editorBackground: 'var(--zc-plate)',
      editorTabBarBackground: 'var(--zc-plate)',
      editorActiveTabBackground: 'var(--zc-plate)',
      editorActiveTabIndicatorTopColor: 'transparent',
      editorTabBarBorderBottomColor: 'var(--zc-rule)',
    },
  },
};
