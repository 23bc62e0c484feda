using System.Reflection;
using System.Reflection.Emit;

namespace TwoFactor.Tests.Architecture;

/// <summary>Which types a type uses: in its base, members, signatures, attributes and in every instruction of its methods.</summary>
internal static class TypeReferences
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_opCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static IReadOnlySet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Add(found, type.BaseType);
        foreach (var contract in type.GetInterfaces()) Add(found, contract);
        foreach (var attribute in type.GetCustomAttributesData()) Add(found, attribute.AttributeType);
        foreach (var field in type.GetFields(All)) Add(found, field.FieldType);
        foreach (var member in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))) AddMethod(found, member);
        found.Remove(type);
        return found;
    }

    private static void AddMethod(HashSet<Type> found, MethodBase method)
    {
        AddSignature(found, method);
        foreach (var attribute in method.GetCustomAttributesData()) Add(found, attribute.AttributeType);
        if (method.GetMethodBody() is not { } body) return;
        foreach (var local in body.LocalVariables) Add(found, local.LocalType);
        foreach (var clause in body.ExceptionHandlingClauses.Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause)) Add(found, clause.CatchType);
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (var token in Tokens(body.GetILAsByteArray()!)) AddMember(found, method.Module.ResolveMember(token, typeArguments, methodArguments));
    }

    private static void AddMember(HashSet<Type> found, MemberInfo? member)
    {
        Add(found, member as Type ?? member?.DeclaringType);
        if (member is FieldInfo field) Add(found, field.FieldType);
        if (member is MethodBase method) AddSignature(found, method);
    }

    private static void AddSignature(HashSet<Type> found, MethodBase method)
    {
        foreach (var parameter in method.GetParameters()) Add(found, parameter.ParameterType);
        if (method is MethodInfo info) Add(found, info.ReturnType);
        if (!method.IsGenericMethod) return;
        foreach (var argument in method.GetGenericArguments()) Add(found, argument);
    }

    private static void Add(HashSet<Type> found, Type? type)
    {
        if (type is null) return;
        if (type.HasElementType) Add(found, type.GetElementType());
        else if (type.IsGenericParameter) found.UnionWith(type.GetGenericParameterConstraints().Select(Definition));
        else
        {
            found.Add(Definition(type));
            foreach (var argument in type.GenericTypeArguments) Add(found, argument);
        }
    }

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    /// <summary>The metadata tokens of all instructions that name a type, a member or a type's handle (ECMA-335, III.1.2).</summary>
    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (var i = 0; i < il.Length;)
        {
            var code = il[i] == 0xFE ? s_opCodes[(short)(0xFE00 | il[i + 1])] : s_opCodes[il[i]];
            i += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                yield return BitConverter.ToInt32(il, i);
            i += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, i),
                _ => 4,
            };
        }
    }
}
