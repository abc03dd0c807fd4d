import type Mocha from 'mocha';

declare class Reporter extends Mocha.reporters.Spec {}
export = Reporter;
