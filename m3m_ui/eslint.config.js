import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

const FEATURES = { regex: '^@/features(/|$)', message: 'Features never import each other, and shared code imports no feature. Put what is shared into @/components or @/lib.' }
const APP = { regex: '^@/app(/|$)', message: 'The app is made of features and shared code, not the other way round.' }

/** Relative imports stay inside of a feature, however deep the file is in it. */
function inside(depth) {
  const regex = `^(\\.\\./){${depth + 1}}`
  return {
    files: [`src/features/*/${'*/'.repeat(depth)}*.{ts,tsx}`],
    rules: {
      'no-restricted-imports': ['error', { patterns: [FEATURES, APP, { regex, message: FEATURES.message }] }],
    },
  }
}

export default tseslint.config(
  { ignores: ['node_modules', 'src/lib/api/schema.d.ts'] },
  ...tseslint.configs.strict,
  reactHooks.configs.flat['recommended-latest'],
  {
    languageOptions: { globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // the state of a table or of a virtual list lives outside of React
      'react-hooks/incompatible-library': 'off',
    },
  },
  {
    files: ['src/components/**/*.{ts,tsx}', 'src/lib/**/*.{ts,tsx}'],
    rules: { 'no-restricted-imports': ['error', { patterns: [FEATURES, APP, { regex: '(^|/)(features|app)/', message: FEATURES.message }] }] },
  },
  ...[0, 1, 2, 3].map(inside),
)
