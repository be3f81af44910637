/** All that an exercise asks for, or only the examples that the learner sees. */
export type Scope = 'all' | 'examples';
