import { compileFunction } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { withFurtherParameters } from '../scripts/further-parameters.mjs';
import { withShortVariables } from '../scripts/short-variables.mjs';
import { withUniqueNames, withWideVariables } from '../scripts/wide-variables.mjs';

const run = (code: string): unknown => (compileFunction(code) as () => unknown)();

describe('short names of variables', () => {
  it.each([
    ['let long=1,often=2;often+often;', 'let b=1,a=2;a+a;'],
    ['let one=a=>a.one;let two=a=>({one,two:a});', 'let a=a=>a.one;let b=b=>({one:a,two:b});'],
    ['let f=({key,other:o,...rest})=>key+key+rest.key;', 'let a=({key:a,other:c,...b})=>a+a+b.key;'],
    ['let[one=two,two]=[];', 'let[b=a,a]=[];'],
    ['for(let i of list){let inner=i;}{let other;}', 'for(let a of list){let b=a;}{let a;}'],
    ['try{}catch(error){error.error;}', 'try{}catch(a){a.error;}'],
    ['let A=class Own{own=Own;get own2(){}};', 'let a=class a{own=a;get own2(){}};'],
    ['label:for(;;)break label;document;', 'label:for(;;)break label;document;'],
  ])('%s', (code, expected) => {
    expect(withShortVariables(code)).toBe(expected);
    expect(withUniqueNames(withShortVariables(code))).toBe(withUniqueNames(code));
  });

  it('are no words of the language', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => `name${index}`);
    const sum = `let ${many.map((name, index) => `${name}=${index}`).join()};return ${many.join('+')};`;
    expect(run(withShortVariables(sum))).toBe((2_000 * 1_999) / 2);
  });
});

describe('wider declarations', () => {
  it.each([
    ['{let a=1;}let b;', '{var v0_=1;}var v1_;'],
    ['for(const a of list)f(a);', 'for(var v0_ of list)f(v0_);'],
    ['for(let i=0;i<9;i++){let a=i;}', 'for(var v0_=0;v0_<9;v0_++){var v1_=v0_;}'],
    ['for(;;){f(()=>{let a;});}', 'for(;;){f(()=>{var v0_;});}'],
  ])('%s', (code, expected) => {
    expect(withWideVariables(code)).toBe(expected);
  });

  it.each([
    'for(;;){let v0_;}',
    'for(let v0_;;);',
    'for(let v0_=0;;v0_++)list.push(()=>v0_);',
    'for(let v0_ of list){let v1_=[()=>v0_];}'.replace('let v1_=[()=>v0_]', 'f(()=>v0_)'),
    'do{let{v0_}=f();g(()=>v0_);}while(1);'.replace('{v0_}', '[v0_]'),
    'while(1)if(f()){let v0_=1;g(class{a=v0_});}',
  ])('not %s', (code) => {
    expect(withWideVariables(code)).toBe(code);
  });

  it('do what they did', () => {
    const code = `let out = [];
      for (let i = 0; i < 3; i++) { let last; out.push(last, () => i); last = i; for (let i of [8, 9]) { let a = i; out.push(a); } }
      { let out = 5; f(out); }
      function f(a) { { let a = 7; out.push(a); } out.push(a); }
      return out.map((one) => typeof one === 'function' ? one() : one);`;
    expect(run(withWideVariables(code))).toEqual(run(code));
  });
});

describe('declarations as parameters', () => {
  it.each([
    ['var f=(a)=>{var b=g(a);return h(b);};f(1);', 'var v0_=(v1_,v2_=g(v1_))=>(h(v2_));v0_(1);'],
    ['var f=()=>{var a,b={};return a;};f();', 'var v0_=(v1_,v2_={})=>(v1_);v0_();'],
    ['var f=async()=>{var a=1;return await a;};f();', 'var v0_=async(v1_=1)=>(await v1_);v0_();'],
    ['var f;f=a=>{var b=1;return a<b;};f(0);', 'var v0_;v0_=(v1_,v2_=1)=>(v1_<v2_);v0_(0);'],
    ['((a)=>{var{b}=a;return{b};})({});', '((v0_,{b:v1_}=v0_)=>({b:v1_}))({});'],
    ['var f=()=>{var a=()=>a;return a;};f();', 'var v0_=(v1_=()=>v1_)=>(v1_);v0_();'],
  ])('%s', (code, expected) => {
    expect(withFurtherParameters(code)).toBe(expected);
  });

  it.each([
    // Whoever calls it hands over more.
    'list.map((v0_)=>{var v1_=v0_;return v1_;});',
    'var v0_=(v1_)=>{var v2_=v1_;return v2_;};v0_(1,2);',
    'var v0_=(v1_)=>{var v2_=v1_;return v2_;};v0_(...list);',
    'var v0_=(...v1_)=>{var v2_=v1_;return v2_;};v0_();',
    'var v0_=()=>{var v1_=1;return v1_;};v0_();list.map(v0_);',
    'var v0_=()=>{var v1_=1;return v1_;};v0_();list.push({v0_});'.replace('{v0_}', '[v0_]'),
    'var v0_={f:()=>{var v1_=1;return v1_;}};v0_.f(2);',
    'f(()=>{var v0_=1;return v0_;});',
    '(()=>{var v0_=1;return v0_;}).call(1,2);',
    'var v0_=()=>{};v0_=()=>{var v1_=1;return v1_;};v0_();',
    // What comes later.
    'var v0_=()=>{var v1_=1,v1_=2;return v1_;};v0_();',
    // What does more.
    'var v0_=()=>{var v1_=()=>v2_;var v2_=2;return v1_;};v0_();',
    'var v0_=()=>{var v1_=1;f();return v1_;};v0_();',
    // What has to be waited for.
    'var v0_=async()=>{var v1_=await 1;return v1_;};v0_();',
    // No arrow.
    'var v0_=function(){var v1_=1;return v1_;};v0_();',
  ])('not %s', (code) => {
    expect(withFurtherParameters(code)).toBe(code);
  });
});
